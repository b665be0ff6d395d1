namespace Rpd.Server.Access;

/// <summary>
/// How strangers come in where they cannot simply sign up (<c>Accounts:SignUp</c>): they ask, an administrator decides, and an invitation opens one account for
/// one address.
/// </summary>
public static class AccessParts
{
    public static IServiceCollection AddAccess(this IServiceCollection services) => services.AddSingleton<InviteLink>().AddSingleton<AccessLetters>()
        .AddScoped<AskForAccess>().AddScoped<SendInvite>().AddScoped<DecideRequest>().AddScoped<JoinByInvite>().AddScoped<AccessQueries>().AddScoped<ForgetAccess>();
}
