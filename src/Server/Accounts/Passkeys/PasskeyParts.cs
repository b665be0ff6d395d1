using Microsoft.AspNetCore.Identity;
using Rpd.Server.Http;

namespace Rpd.Server.Accounts.Passkeys;

/// <summary>The framework's passkey handler on our tables, bound to the public address: a forged Host header moves nothing.</summary>
public static class PasskeyParts
{
    public static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddScoped<IUserStore<Account>, PasskeyStore>().AddScoped<IPasskeyHandler<Account>, PasskeyHandler<Account>>();
        services.AddOptions<IdentityPasskeyOptions>().Configure<PublicAddress>((options, address) =>
        {
            options.ServerDomain = address.Url.Host;
            options.UserVerificationRequirement = "required";
            // Found without an e-mail address first.
            options.ResidentKeyRequirement = "required";
            options.ValidateOrigin = origin => ValueTask.FromResult(!origin.CrossOrigin && origin.Origin == address.Url.GetLeftPart(UriPartial.Authority));
        });
        return services.AddScoped<Challenges>().AddScoped<BeginPasskey>().AddScoped<AddPasskey>().AddScoped<RenamePasskey>().AddScoped<RemovePasskey>()
            .AddScoped<AskForPasskey>().AddScoped<SignInByPasskey>();
    }
}
