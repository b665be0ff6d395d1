using System.Text.Json;
using Npgsql;
using NpgsqlTypes;

namespace Rpd.Server.Jobs;

/// <summary>A job from within a transaction that is written by hand. Ring the bell after its commit.</summary>
public static class InsertJob
{
    public static async Task Run(NpgsqlTransaction within, Job job, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at) values ($1, $2, $3, 'ready', now(), $4, $5)", within.Connection, within)
        {
            Parameters =
            {
                new() { Value = job.Kind }, new() { Value = job.Lane }, new() { Value = JsonSerializer.Serialize(job.Args), NpgsqlDbType = NpgsqlDbType.Jsonb },
                new() { Value = job.AttemptsMax }, new() { Value = job.CreatedAt },
            },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
