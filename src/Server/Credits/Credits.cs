namespace Rpd.Server.Credits;

/// <summary>
/// Credits are whole numbers in an append-only ledger: reserved before work starts, captured or returned when it ends, each fact booked once.
/// </summary>
public static class CreditParts
{
    public static IServiceCollection AddCredits(this IServiceCollection services, IConfiguration settings)
    {
        services.AddOptions<CreditOptions>().Bind(settings.GetSection("Credits")).ValidateOnStart()
            .Validate(options => options is { Welcome: >= 0, WelcomePerNetworkPerDay: >= 0, LowBalanceThreshold: >= 0 }, "Credits: Welcome, WelcomePerNetworkPerDay and LowBalanceThreshold must be 0 or more.");
        services.AddSingleton(provider => provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<CreditOptions>>().Value);
        return services.AddSingleton<CreditLedger>().AddSingleton<CreditQueries>().AddSingleton<CheckLedger>();
    }
}
