namespace Rpd.Server.Live;

/// <summary>Live pages: hub, feed and the bus between nodes.</summary>
public static class Live
{
    public static IServiceCollection AddLive(this IServiceCollection services)
    {
        services.AddSignalR(options =>
        {
            options.MaximumReceiveMessageSize = 32 * 1024;
            options.MaximumParallelInvocationsPerClient = 1;
        });
        services.AddSingleton<LiveSessions>().AddHostedService(provider => provider.GetRequiredService<LiveSessions>());
        services.AddSingleton<LiveAudience>().AddSingleton<LiveNumbers>();
        services.AddSingleton<NodeBus>().AddHostedService(provider => provider.GetRequiredService<NodeBus>());
        return services.AddSingleton<LiveFeed>().AddHostedService(provider => provider.GetRequiredService<LiveFeed>());
    }

    public static void MapLive(this WebApplication app) => app.MapHub<LiveHub>("/live", options => options.TransportMaxBufferSize = 64 * 1024);
}
