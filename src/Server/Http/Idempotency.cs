using System.Security.Cryptography;
using System.Text;
using Npgsql;
using Rpd.Server.Database;
using Rpd.Shared;

namespace Rpd.Server.Http;

/// <param name="Body">The exact bytes, so that a replay is the first answer again.</param>
public sealed record StoredAnswer(int Status, string? Location, byte[] Body);

/// <summary>
/// <c>Idempotency-Key</c>: a request runs once for its key and its first answer is kept for 24 hours, per account. What costs credits stores its answer in
/// the very transaction that does the work, so a crash leaves both or neither. A refused request stores nothing: corrected, it may run under the same key.
/// </summary>
public sealed class Idempotency(NpgsqlDataSource database, TimeProvider time)
{
    public const string Header = "Idempotency-Key";
    public const int KeyMax = 255;
    public static readonly TimeSpan Life = TimeSpan.FromHours(24);

    private const int Rooms = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    // Each holds a connection while its handler may need another: never so many that those others cannot be had, and of one account never so many that
    // others find no room. Accounts share rooms by chance, which bounds their number.
    private readonly SemaphoreSlim all = new(Math.Max(1, Pool(database) / 2));
    private readonly SemaphoreSlim[] rooms = [.. Enumerable.Range(0, Rooms).Select(_ => new SemaphoreSlim(Math.Max(1, Pool(database) / 8)))];

    /// <summary>Takes the key for this request, or finds the answer of an earlier one. Of two at once the second is told, it does not wait.</summary>
    /// <param name="space">Keys of one space know nothing of those of another: <c>api:</c>, <c>test:</c>, <c>page:</c>.</param>
    public async Task<Outcome<IdempotentScope>> Begin(Guid account, string space, string key, byte[] fingerprint, CancellationToken cancel)
    {
        if (key.Length > KeyMax || key.Any(char.IsControl)) return Refusal.Invalid(Header, $"An {Header} may have {KeyMax} printable characters at most.");
        key = space + key;
        var room = rooms[(uint)account.GetHashCode() % Rooms];
        if (!await room.WaitAsync(Patience, cancel)) return Busy;
        if (!await Enter(room, cancel)) return Busy;
        NpgsqlConnection? connection = null;
        try
        {
            connection = await database.OpenConnectionAsync(cancel);
            var transaction = await connection.BeginTransactionAsync(cancel);
            if (!await Lock(connection, account, key, cancel))
                return await Decline(new("IDEMPOTENCY_IN_PROGRESS", 409, "A request with this Idempotency-Key is still running."));
            if (await Find(connection, account, key, cancel) is not var (storedPrint, stored))
                return new IdempotentScope(transaction, Leave, (answer, token) => Store(connection, account, key, fingerprint, answer, token));
            if (!storedPrint.AsSpan().SequenceEqual(fingerprint))
                return await Decline(new("IDEMPOTENCY_MISMATCH", 422, "This Idempotency-Key was used for a different request."));
            return new IdempotentScope(transaction, Leave, stored);
        }
        catch
        {
            await Free();
            throw;
        }

        async Task<Refusal> Decline(Refusal refusal)
        {
            await Free();
            return refusal;
        }

        async Task Free()
        {
            if (connection is not null) await connection.DisposeAsync();
            Leave();
        }

        void Leave()
        {
            all.Release();
            room.Release();
        }
    }

    private async Task<bool> Enter(SemaphoreSlim room, CancellationToken cancel)
    {
        var entered = false;
        try
        {
            return entered = await all.WaitAsync(Patience, cancel);
        }
        finally
        {
            if (!entered) room.Release();
        }
    }

    private static Refusal Busy => new("RATE_LIMITED", 429, $"Too many requests with an {Header} are running. Try again in a moment.");

    private static int Pool(NpgsqlDataSource database) => new NpgsqlConnectionStringBuilder(database.ConnectionString).MaxPoolSize;

    /// <summary>Runs <paramref name="work"/> once for the key.</summary>
    /// <param name="work">Does its writes within the transaction; a refusal rolls everything back.</param>
    public async Task<Outcome<(StoredAnswer Answer, bool Replayed)>> Once(
        Guid account, string space, string key, byte[] fingerprint, Func<NpgsqlTransaction, Task<Outcome<StoredAnswer>>> work, CancellationToken cancel)
    {
        var begun = await Begin(account, space, key, fingerprint, cancel);
        if (begun.Declined) return begun.Refusal;
        await using var scope = begun.Value;
        if (scope.Stored is { } stored) return (stored, true);
        var done = await work(scope.Transaction);
        if (done.Declined) return done.Refusal;
        await scope.Commit(done.Value, cancel);
        return (done.Value, false);
    }

    public static byte[] Fingerprint(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    public Task<int> Forget(CancellationToken cancel) => InPieces.Delete(database,
        "delete from idempotent_requests where (account_id, key) in (select account_id, key from idempotent_requests where created_at < $2 order by created_at limit $1)", time.GetUtcNow() - Life, cancel);

    // Held until the transaction ends; of two requests at once the second is told, it does not wait.
    private static async Task<bool> Lock(NpgsqlConnection connection, Guid account, string key, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select pg_try_advisory_xact_lock(hashtextextended($1, 5080))", connection)
        {
            Parameters = { new() { Value = $"{account:N}:{key}" } },
        };
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }

    private async Task<(byte[] Fingerprint, StoredAnswer Answer)?> Find(NpgsqlConnection connection, Guid account, string key, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select fingerprint, status, location, body from idempotent_requests where account_id = $1 and key = $2 and created_at >= $3", connection)
        {
            Parameters = { new() { Value = account }, new() { Value = key }, new() { Value = time.GetUtcNow() - Life } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancel);
        if (!await reader.ReadAsync(cancel)) return null;
        return (reader.GetFieldValue<byte[]>(0), new(reader.GetInt32(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetFieldValue<byte[]>(3)));
    }

    private async Task Store(NpgsqlConnection connection, Guid account, string key, byte[] fingerprint, StoredAnswer answer, CancellationToken cancel)
    {
        // An expired row that the hourly clean-up has not met yet gives way.
        await using var command = new NpgsqlCommand("""
            insert into idempotent_requests values ($1, $2, $3, $4, $5, $6, $7) on conflict (account_id, key) do update set
              fingerprint = excluded.fingerprint, status = excluded.status, location = excluded.location, body = excluded.body, created_at = excluded.created_at
            """, connection)
        {
            Parameters =
            {
                new() { Value = account }, new() { Value = key }, new() { Value = fingerprint }, new() { Value = answer.Status },
                new() { Value = (object?)answer.Location ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text }, new() { Value = answer.Body }, new() { Value = time.GetUtcNow() },
            },
        };
        await command.ExecuteNonQueryAsync(cancel);
    }
}
