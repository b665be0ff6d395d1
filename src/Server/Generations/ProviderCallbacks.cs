using Npgsql;
using Rpd.Server.Jobs;
using Rpd.Server.Providers;

namespace Rpd.Server.Generations;

/// <summary>A vendor's word that something is ready becomes a job that looks: recorded first, acted on later.</summary>
public sealed class ProviderCallbacks(NpgsqlDataSource database, JobBell bell, ILogger<ProviderCallbacks> log) : IProviderCallbacks
{
    public void Arrived(Guid generationId) => _ = Record(generationId);

    private async Task Record(Guid id)
    {
        try
        {
            await using var command = database.CreateCommand("""
                insert into jobs (kind, lane, args, state, run_at, attempts_max, created_at)
                select $1, generation_lane(provider, test), jsonb_build_object('id', id), 'ready', now(), 3, now() from generations where id = $2 returning lane
                """);
            command.Parameters.AddWithValue(SubmitGeneration.CollectKind);
            command.Parameters.AddWithValue(id);
            if (await command.ExecuteScalarAsync() is string lane) bell.Ring(lane);
        }
        catch (Exception fault) when (fault is NpgsqlException or ObjectDisposedException)
        {
            // The poll finds what the call would have told.
            log.LogWarning(fault, "A provider's call about generation {Generation} could not be recorded", id);
        }
    }
}
