using Microsoft.Extensions.Options;
using Rpd.Server.ApiKeys.External;
using Rpd.Server.ApiKeys.UserTokens;
using Rpd.Server.Http;

namespace Rpd.Server.ApiKeys;

/// <summary>
/// API keys: the credentials of programs. A key is active, disabled, frozen, expired or revoked; rotating gives it a new secret under the same id.
/// <see cref="UserTokens"/> are credentials of an hour, for people. Endpoints say what they ask of callers (<see cref="CredentialRules"/>), <see cref="KeyAuthentication"/> enforces it.
/// </summary>
public static class ApiKeyParts
{
    public static IServiceCollection AddApiKeys(this IServiceCollection services, IConfiguration settings)
    {
        services.AddSingleton<KeyCheck>().AddSingleton<KeyUses>().AddSingleton<CheckCredential>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyUses>());
        services.AddScoped<CreateKey>().AddScoped<ChangeKey>().AddScoped<RotateKey>().AddScoped<RevokeKey>().AddScoped<ThawKey>().AddScoped<KeyQueries>().AddScoped<KeyList>();
        services.AddSingleton<TokenCheck>().AddScoped<MintToken>().AddScoped<RevokeTokens>().AddScoped<TokenQueries>().AddSingleton<ForgetTokens>();
        services.AddOptions<List<ExternalIssuer>>().Bind(settings.GetSection("Auth:External")).ValidateOnStart();
        services.AddSingleton<IValidateOptions<List<ExternalIssuer>>, CheckIssuers>().AddScoped<OpenExternalAccount>();
        services.AddSingleton<IReadOnlyList<ExternalIssuer>>(provider => provider.GetRequiredService<IOptions<List<ExternalIssuer>>>().Value);
        services.AddChecked<LeakOptions>(settings, "LeakedKeys");
        services.AddChecked<KeyWatchOptions>(settings, "KeyWatch");
        return services.AddSingleton<ExternalSessions>().AddScoped<RevokeLeakedKey>();
    }

    /// <summary>After routing, before rate limits: those count by credential.</summary>
    public static IApplicationBuilder UseCredentials(this IApplicationBuilder app) => app.UseMiddleware<KeyAuthentication>();

    /// <param name="pages">The HTML group.</param>
    /// <param name="api">The native face's group, below <c>/v1</c>.</param>
    public static void MapApiKeys(this RouteGroupBuilder pages, IEndpointRouteBuilder api)
    {
        pages.MapKeyPages();
        pages.MapTokenPages();
        api.MapApiKeysApi();
        api.MapLeakApi();
    }

    private sealed class CheckIssuers : IValidateOptions<List<ExternalIssuer>>
    {
        public ValidateOptionsResult Validate(string? name, List<ExternalIssuer> options) =>
            ExternalIssuer.Wrong(options).ToList() is { Count: > 0 } wrong ? ValidateOptionsResult.Fail(wrong) : ValidateOptionsResult.Success;
    }
}
