namespace Rpd.Server.Accounts.TwoFactor;

/// <summary>Codes of an authenticator app as the second factor beside the password, recovery codes for the day it is lost, and browsers that need none for a while.</summary>
public static class TwoFactorParts
{
    public static IServiceCollection AddTwoFactor(this IServiceCollection services) => services
        .AddSingleton<AuthenticatorSecrets>().AddScoped<VerifySecondFactor>().AddScoped<FreshSessions>().AddScoped<BeginTwoFactor>().AddScoped<EnableTwoFactor>()
        .AddScoped<ProveAgain>().AddScoped<RenewRecoveryCodes>().AddScoped<DisableTwoFactor>().AddScoped<TrustedBrowsers>().AddScoped<ForgetProofs>()
        .AddScoped<PendingSignIn>().AddScoped<WaitingAuthenticator>().AddScoped<SecurityBoard>();
}
