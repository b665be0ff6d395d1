using System.Text.Json;
using Rpd.Server.Database;

namespace Rpd.Server;

/// <summary>Something the operator can have the program do instead of serving. It returns the process's exit code.</summary>
public delegate Task<int> Command(CommandRun run, string[] args);

/// <summary>
/// What <c>./run &lt;words&gt;</c> may say. The only thing a command writes to standard output is its one JSON object; everything else goes to standard error.
/// </summary>
public static class Commands
{
    /// <summary>One or two words; features add theirs here.</summary>
    private static readonly Dictionary<string, Command> Table = new()
    {
        ["backup"] = BackupCommands.Backup,
        ["restore"] = BackupCommands.Restore,
    };

    public static IEnumerable<string> Names => Table.Keys;

    /// <summary>Null when <paramref name="args"/> hold settings only, which is how a server is started.</summary>
    public static Func<Task<int>>? Find(string[] args)
    {
        if (args.Length == 0 || args[0].StartsWith('-')) return null;
        foreach (var words in new[] { 2, 1 }.Where(words => words <= args.Length))
        {
            if (Table.TryGetValue(string.Join(' ', args[..words]), out var command)) return () => Run(command, args[words..]);
        }
        return async () =>
        {
            await Console.Error.WriteLineAsync($"There is no command \"{string.Join(' ', args)}\". There are: {string.Join(", ", Names)}; without a command the server starts.");
            return 2;
        };
    }

    private static async Task<int> Run(Command command, string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) => (press.Cancel, _) = (true, stop.CancelAsync());
        using var run = CommandRun.FromEnvironment(stop.Token);
        return await command(run, args);
    }
}

/// <summary>The surroundings of one command.</summary>
public sealed class CommandRun(IConfiguration settings, string contentRoot, ILoggerFactory logs, TextWriter output, CancellationToken cancel) : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public IConfiguration Settings { get; } = settings;

    public string ContentRoot { get; } = contentRoot;

    public ILoggerFactory Logs { get; } = logs;

    public CancellationToken Cancel { get; } = cancel;

    public DataFolder Data => DataFolder.From(Settings, ContentRoot);

    public EmbeddedPostgresOptions Postgres => EmbeddedPostgresOptions.From(Settings, ContentRoot);

    /// <summary>Settings as the server reads them; logs on standard error.</summary>
    public static CommandRun FromEnvironment(CancellationToken cancel)
    {
        var builder = WebApplication.CreateBuilder();
        var logs = LoggerFactory.Create(logging => logging
            .AddConfiguration(builder.Configuration.GetSection("Logging"))
            .AddSimpleConsole(console => console.SingleLine = true)
            .Services.Configure<Microsoft.Extensions.Logging.Console.ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        return new CommandRun(builder.Configuration, builder.Environment.ContentRootPath, logs, Console.Out, cancel);
    }

    /// <summary>The database: the configured one, the running server's, or one started for as long as the result is held.</summary>
    /// <param name="migrate">False only for those who need it as it stands, empty perhaps.</param>
    public async Task<DatabaseAddress> OpenDatabase(bool migrate = true)
    {
        var log = Logs.CreateLogger("Rpd.Server.Database");
        var address = await DatabaseAddress.ForCommand(Settings, ContentRoot, log, Cancel);
        try
        {
            await ReachableDatabase.Wait(address.ConnectionString, TimeSpan.FromSeconds(10), log, Cancel);
            // A running server has its schema, and a newer program's command must not change it underneath.
            if (migrate && !address.IsServedByAnother) await new Migrator(address.ConnectionString, Migration.Embedded, log).Apply(Cancel);
            return address;
        }
        catch
        {
            await address.DisposeAsync();
            throw;
        }
    }

    public Task Answer(object result) => output.WriteLineAsync(JsonSerializer.Serialize(result, Json));

    public void Dispose() => Logs.Dispose();
}
