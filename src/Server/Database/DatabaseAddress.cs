using System.Diagnostics;

namespace Rpd.Server.Database;

/// <summary>
/// A connection string, however it is to be had: the configured database, the embedded one that a server keeps running, or the embedded one started
/// for as long as this is held.
/// </summary>
public sealed class DatabaseAddress : IAsyncDisposable
{
    private readonly EmbeddedPostgres? started;

    private DatabaseAddress(string connectionString, EmbeddedPostgres? started, bool shared) =>
        (ConnectionString, this.started, IsServedByAnother) = (connectionString, started, shared);

    public string ConnectionString { get; }

    /// <summary>True when the embedded database belongs to a server that is running now.</summary>
    public bool IsServedByAnother { get; }

    /// <summary>Null with a database of the operator's own.</summary>
    internal EmbeddedPostgres? Embedded => started;

    /// <summary>For a server: it must be the only one on its data folder.</summary>
    public static async Task<DatabaseAddress> ForServer(IConfiguration settings, string contentRoot, ILogger log, CancellationToken cancel)
    {
        if (Configured(settings) is { } configured) return new(configured, null, false);
        var postgres = await EmbeddedPostgres.Start(EmbeddedPostgresOptions.From(settings, contentRoot), log, cancel);
        return new(postgres.ConnectionString, postgres, false);
    }

    /// <summary>For a command: works beside a running server, and without one.</summary>
    public static async Task<DatabaseAddress> ForCommand(IConfiguration settings, string contentRoot, ILogger log, CancellationToken cancel)
    {
        if (Configured(settings) is { } configured) return new(configured, null, false);
        var options = EmbeddedPostgresOptions.From(settings, contentRoot) with { Role = HolderRole.Command };
        var data = new DataFolder(options.DataFolder);
        var waited = Stopwatch.StartNew();
        while (true)
        {
            if (DataFolderLock.TryTake(data, HolderRole.Command) is { } hold)
            {
                var postgres = await EmbeddedPostgres.Start(options, hold, log, cancel);
                return new(postgres.ConnectionString, postgres, false);
            }
            // The address is the server's own only when it bears its number: before that the server is still on its way up.
            if (DataFolderLock.Who(data) is { Role: HolderRole.Server } server && ClusterAddress.Read(data) is { } address && address.Holder == server.ProcessId)
                return new(address.ConnectionString, null, true);
            if (waited.Elapsed > options.StartTimeout) throw new CannotStart($"The data folder {data.Path} is in use by another command or by a server that does not come up.");
            await Task.Delay(100, cancel);
        }
    }

    public ValueTask DisposeAsync() => started?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>Waits until the database answers and, if that is wanted, brings its schema up to date. A failure gives the database up again.</summary>
    internal async Task<DatabaseAddress> Ready(TimeSpan patience, bool migrate, ILogger log, CancellationToken cancel)
    {
        try
        {
            await ReachableDatabase.Wait(ConnectionString, patience, log, cancel);
            if (migrate) await new Migrator(ConnectionString, Migration.Embedded, log).Apply(cancel);
            return this;
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    internal static string? Configured(IConfiguration settings)
    {
        if (DataFolder.Setting(settings, "ConnectionStrings:Postgres") is not { } text) return null;
        try
        {
            return HotPath.Tuned(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or OverflowException)
        {
            throw new CannotStart($"ConnectionStrings__Postgres cannot be read: {e.Message}", e);
        }
    }
}
