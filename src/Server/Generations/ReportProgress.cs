using System.Threading.Channels;
using Npgsql;
using Rpd.Server.Live;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>
/// Writes a provider's progress to the row, a few times a second at most, only upwards. When the row is no longer processing, somebody ended it:
/// the run is stopped.
/// </summary>
public sealed class ReportProgress : IProgress<int>, IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(200);
    private readonly Channel<int> latest = Channel.CreateBounded<int>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Task writing;

    public ReportProgress(NpgsqlDataSource database, LiveFeed? live, Guid id, Guid account, CancellationTokenSource stop, ILogger log) =>
        writing = Write(database, live, id, account, stop, log);

    public void Report(int value) => latest.Writer.TryWrite(Math.Clamp(value, 0, 99));

    public async ValueTask DisposeAsync()
    {
        latest.Writer.Complete();
        await writing;
    }

    private async Task Write(NpgsqlDataSource database, LiveFeed? live, Guid id, Guid account, CancellationTokenSource stop, ILogger log)
    {
        try
        {
            await foreach (var progress in latest.Reader.ReadAllAsync(stop.Token))
            {
                await using var command = database.CreateCommand("""
                    update generations set progress = greatest(progress, $2), version = version + 1 where id = $1 and status = 'processing' returning progress, version
                    """);
                command.Parameters.AddWithValue(id);
                command.Parameters.AddWithValue(progress);
                await using var reader = await command.ExecuteReaderAsync(stop.Token);
                if (!await reader.ReadAsync(stop.Token))
                {
                    await stop.CancelAsync();
                    return;
                }
                live?.Tell(account, new Nudge(id, GenerationStatus.Processing, reader.GetInt32(0), reader.GetInt32(1)));
                if (!latest.Reader.Completion.IsCompleted) await Task.Delay(Pace, stop.Token);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
        catch (NpgsqlException fault)
        {
            // Progress is a courtesy: the work goes on, and its end is what must be written.
            log.LogWarning(fault, "The progress of generation {Generation} could not be written", id);
        }
    }
}
