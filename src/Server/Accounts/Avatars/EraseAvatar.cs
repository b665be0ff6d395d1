using Npgsql;
using Rpd.Server.Jobs;
using Rpd.Server.Storage;

namespace Rpd.Server.Accounts.Avatars;

/// <summary>The job <c>avatar.erase</c>: the files of a picture that nobody has (any more).</summary>
public sealed class EraseAvatar(NpgsqlDataSource database, IStorage storage) : IJob
{
    public const string Kind = "avatar.erase";

    internal const string InsertSql = "insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at)";

    public sealed record Args(Guid Avatar);

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        var avatar = job.Read<Args>().Avatar;
        await using var command = database.CreateCommand("select exists (select 1 from accounts where avatar = $1)");
        command.Parameters.AddWithValue(avatar);
        if (!(bool)(await command.ExecuteScalarAsync(cancel))!) await storage.DeleteAll(Avatar.Folder(avatar), cancel);
        return JobResult.Done;
    }
}
