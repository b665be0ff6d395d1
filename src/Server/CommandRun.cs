using System.Text.Json;
using Microsoft.Extensions.Logging.Console;
using Rpd.Server.Database;

namespace Rpd.Server;

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
            .Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace));
        return new CommandRun(builder.Configuration, builder.Environment.ContentRootPath, logs, Console.Out, cancel);
    }

    /// <summary>The database: the configured one, the running server's, or one started for as long as the result is held.</summary>
    /// <param name="migrate">False only for those who need it as it stands, empty perhaps.</param>
    public async Task<DatabaseAddress> OpenDatabase(bool migrate = true)
    {
        var log = Logs.CreateLogger("Rpd.Server.Database");
        var address = await DatabaseAddress.ForCommand(Settings, ContentRoot, log, Cancel);
        // A running server has its schema, and a newer program's command must not change it underneath.
        return await address.Ready(TimeSpan.FromSeconds(10), migrate && !address.IsServedByAnother, log, Cancel);
    }

    public Task Answer(object result) => output.WriteLineAsync(JsonSerializer.Serialize(result, Json));

    public void Dispose() => Logs.Dispose();
}
