namespace Rpd.Server.Database;

internal static class BackupCommands
{
    public static async Task<int> Backup(CommandRun run, string[] args)
    {
        if (args is not [var file]) throw new CannotStart("Say where to: ./run backup <file>");
        await using var database = await run.OpenDatabase(migrate: false);
        await run.Answer(await Database.Backup.Write(file, database, run.Postgres, TimeProvider.System, run.Cancel));
        return 0;
    }

    public static async Task<int> Restore(CommandRun run, string[] args)
    {
        var force = args.Contains("--force");
        if (args.Except(["--force"]).ToArray() is not [var file]) throw new CannotStart("Say from where: ./run restore <file> [--force]");
        await using var database = await run.OpenDatabase(migrate: false);
        await run.Answer(await Database.Restore.Read(file, force, database, run.Postgres, run.Cancel));
        return 0;
    }
}
