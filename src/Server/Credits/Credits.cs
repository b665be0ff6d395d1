using Rpd.Server.Credits.Metering;

namespace Rpd.Server.Credits;

/// <summary>
/// Credits are whole numbers in an append-only ledger: reserved before work starts, captured or returned when it ends, each fact booked once.
/// </summary>
public static class CreditParts
{
    public static IServiceCollection AddCredits(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<CreditOptions>(settings, "Credits");
        services.AddHostedService<StoreThreshold>();
        services.AddSingleton<LeaseRows>().AddSingleton<ReturnLeases>().AddHostedService<SettleLeases>();
        services.AddSingleton(provider => new Meter(provider.GetRequiredService<LeaseRows>(), provider.GetRequiredService<CreditOptions>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<CreditLedger>().AddSingleton<CreditQueries>().AddSingleton(CreditQueries.Spendable).AddSingleton<CheckLedger>().AddScoped<SetLowBalance>().AddSingleton<DrawCredits>();
    }
}
