using Rpd.Server.Credits;
using Rpd.Server.Database;
using Rpd.Server.Gallery;
using Rpd.Server.Operator;

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
        ["user add"] = UserCommands.Add,
        ["demo"] = FillDemo.Run,
        ["ledger check"] = LedgerCommand.Check,
        ["recount"] = RecountCommand.Run,
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
        using var stop = new StopSignals();
        using var run = CommandRun.FromEnvironment(stop.Token);
        try
        {
            return await command(run, args);
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            await Console.Error.WriteLineAsync("Stopped.");
            return 130;
        }
    }
}
