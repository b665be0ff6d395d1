using System.Data;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Npgsql;

namespace Rpd.Server.Live;

/// <summary>
/// Between nodes: one coalescing NOTIFY, 20 a second at most, on a connection of its own and outside every writing transaction (inside one it
/// serialises all commits). What does not fit into a message is dropped: nudges are repaired by syncing.
/// </summary>
public sealed class NodeBus(NpgsqlDataSource database, ILogger<NodeBus> log) : BackgroundService
{
    private const int PayloadMax = 7900; // PostgreSQL refuses 8000 bytes.
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(50);
    private readonly Guid node = Guid.CreateVersion7();
    private readonly Channel<Signal> outgoing = Channel.CreateBounded<Signal>(new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest });
    private Action<string>? heard;

    public void Listen(Action<string> hear) => heard = hear;

    public void Say(Signal signal) => outgoing.Writer.TryWrite(signal);

    protected override Task ExecuteAsync(CancellationToken stopping) => Task.WhenAll(Keep(Speak, stopping), Keep(Hear, stopping));

    private async Task Keep(Func<CancellationToken, Task> run, CancellationToken stopping)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                await run(stopping);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.LogWarning("The connection between nodes was lost ({Reason}); connecting again", fault.Message);
                await Task.Delay(TimeSpan.FromSeconds(1 + Random.Shared.NextDouble()), stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Speak(CancellationToken stopping)
    {
        string? first = null;
        while (true)
        {
            first ??= Json(await outgoing.Reader.ReadAsync(stopping));
            var batch = new StringBuilder(node.ToString("N")).Append('[').Append(first);
            first = null;
            while (outgoing.Reader.TryRead(out var next))
            {
                var json = Json(next);
                if (batch.Length + json.Length + 2 > PayloadMax)
                {
                    // The first of the next message.
                    first = json;
                    break;
                }
                batch.Append(',').Append(json);
            }
            await using var command = database.CreateCommand("select pg_notify('rpd', $1)");
            command.Parameters.AddWithValue(batch.Append(']').ToString());
            await command.ExecuteNonQueryAsync(stopping);
            await Task.Delay(Pace, stopping);
        }
    }

    private async Task Hear(CancellationToken stopping)
    {
        await using var connection = await database.OpenConnectionAsync(stopping);
        connection.Notification += (_, message) =>
        {
            if (message.Payload.Length > 32 && !message.Payload.StartsWith(node.ToString("N"), StringComparison.Ordinal)) heard?.Invoke(message.Payload[32..]);
        };
        await Run("listen rpd");
        try
        {
            while (true) await connection.WaitAsync(stopping);
        }
        finally
        {
            // The session goes back into the pool as it is.
            if (connection.State == ConnectionState.Open) await Run("unlisten rpd");
        }

        async Task Run(string sql)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            await command.ExecuteNonQueryAsync(CancellationToken.None);
        }
    }

    private static string Json(Signal signal) => JsonSerializer.Serialize(signal, JsonSerializerOptions.Web);
}
