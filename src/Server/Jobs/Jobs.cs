namespace Rpd.Server.Jobs;

/// <summary>Kind → the class that runs it.</summary>
public sealed class JobKinds(IEnumerable<JobKind> kinds)
{
    private readonly Dictionary<string, Type> types = kinds.ToDictionary(kind => kind.Name, kind => kind.Handler);

    public Type? Find(string kind) => types.GetValueOrDefault(kind);
}

public sealed record JobKind(string Name, Type Handler);

/// <summary>
/// The queue: rows in PostgreSQL, inserted by the transaction that wants the work, claimed with SKIP LOCKED under a lease and a fence.
/// </summary>
public static class Queue
{
    public static IServiceCollection AddJobs(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddChecked<JobOptions>(configuration, "Jobs");
        services.AddSingleton<WorkerPulse>().AddHealthChecks().AddCheck<WorkerPulse>("worker");
        services.AddSingleton<JobBell>().AddSingleton<JobQueue>().AddSingleton<JobKinds>();
        services.AddSingleton<IHostedService>(provider => Lane(provider, Lanes.Slow, provider.GetRequiredService<JobOptions>().SlowWorkers));
        services.AddSingleton<IHostedService>(provider => Lane(provider, Lanes.Quick, provider.GetRequiredService<JobOptions>().QuickWorkers));
        return services;
    }

    public static IServiceCollection AddJob<T>(this IServiceCollection services, string kind) where T : class, IJob =>
        services.AddScoped<T>().AddSingleton(new JobKind(kind, typeof(T)));

    /// <summary>A lane more.</summary>
    public static Worker Lane(IServiceProvider provider, string lane, int hands) => new(lane, hands,
        provider.GetRequiredService<JobQueue>(), provider.GetRequiredService<JobBell>(), provider.GetRequiredService<JobKinds>(),
        provider.GetRequiredService<WorkerPulse>(), provider.GetRequiredService<JobOptions>(), provider.GetRequiredService<IServiceScopeFactory>(),
        provider.GetRequiredService<ILoggerFactory>().CreateLogger($"Rpd.Jobs.{lane}"));
}
