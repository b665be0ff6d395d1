using System.Collections.Concurrent;
using System.Net;
using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Accounts;

namespace Rpd.Server.ApiKeys;

/// <summary>When and from where keys and tokens were last used: to the minute, written in batches, so that a busy key does not write with each call.</summary>
public sealed class KeyUses(NpgsqlDataSource database, TimeProvider time, ILogger<KeyUses> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5), Precision = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Guid, Use> pending = new();

    /// <param name="last">What the row says.</param>
    public void Note(Guid key, DateTimeOffset? last, IPAddress? address, DateTimeOffset now)
    {
        if (now - last < Precision || pending.ContainsKey(key)) return;
        pending.TryAdd(key, new(now, Network.Text(address)));
    }

    /// <summary>Writes what has been noted. A crash before it loses a few seconds of "last used", nothing else.</summary>
    public async Task Write(CancellationToken cancel)
    {
        var uses = pending.ToArray();
        if (uses.Length == 0) return;
        await using var command = database.CreateCommand("""
            with used as (
              select * from unnest($1, $2, $3) as u (id, at, ip)
            ), keys as (
              update api_keys set last_used_at = used.at, last_used_ip = used.ip from used
              where api_keys.id = used.id and (last_used_at is null or last_used_at < used.at)
            )
            update user_tokens set last_used_at = used.at, last_used_ip = used.ip from used
            where user_tokens.id = used.id and (last_used_at is null or last_used_at < used.at)
            """);
        command.Parameters.Add(new() { Value = uses.Select(use => use.Key).ToArray() });
        command.Parameters.Add(new() { Value = uses.Select(use => use.Value.At.UtcDateTime).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.TimestampTz });
        command.Parameters.Add(new() { Value = uses.Select(use => use.Value.Address).ToArray() });
        await command.ExecuteNonQueryAsync(cancel);
        foreach (var use in uses) pending.TryRemove(use);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            while (true)
            {
                await Task.Delay(Every, time, stoppingToken);
                await TryWrite(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            await TryWrite(CancellationToken.None);
        }
    }

    private async Task TryWrite(CancellationToken cancel)
    {
        try
        {
            await Write(cancel);
        }
        catch (NpgsqlException down)
        {
            log.LogWarning(down, "The last uses of {Count} keys could not be written; they are kept for the next try", pending.Count);
        }
    }

    private readonly record struct Use(DateTimeOffset At, string Address);
}
