using Npgsql;

namespace Rpd.Server.Database;

/// <summary>
/// Brings a database to the program's schema, at start, one transaction per migration, under one lock: of several servers that start at once
/// the first does it and the others find it done.
/// </summary>
public sealed class Migrator(string connectionString, IReadOnlyList<Migration> migrations, ILogger log)
{
    /// <summary>Any number will do, as long as nothing else in this database locks it.</summary>
    private const long LockKey = 0x5250_4443_7265_6174;

    /// <returns>How many were applied now.</returns>
    /// <exception cref="CannotStart">The database is not one that these migrations lead on from, or one of them fails.</exception>
    public async Task<int> Apply(CancellationToken cancel)
    {
        // Unpooled: the lock lives as long as the session, and a migration may add types that pooled connections would not know of.
        var session = new NpgsqlConnectionStringBuilder(connectionString) { Pooling = false, CommandTimeout = 0 };
        await using var connection = new NpgsqlConnection(session.ConnectionString);
        await connection.OpenAsync(cancel);
        await Run(connection, $"SELECT pg_advisory_lock({LockKey})", cancel);
        await Run(connection, "SET client_min_messages = warning; CREATE TABLE IF NOT EXISTS schema_migrations (number int PRIMARY KEY, name text NOT NULL, sha256 text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())", cancel);
        var applied = await Applied(connection, cancel);
        Check(applied);
        foreach (var migration in migrations.Skip(applied.Count)) await Apply(connection, migration, cancel);
        return migrations.Count - applied.Count;
    }

    /// <summary>Every refusal is made before anything is touched.</summary>
    private void Check(List<(int Number, string Name, string Sha256)> applied)
    {
        for (var i = 0; i < applied.Count; i++)
        {
            var (number, name, sha256) = applied[i];
            if (number != i + 1) throw new CannotStart($"The database lacks migration {i + 1:0000} but has {number:0000}_{name}: its schema_migrations table was changed by hand. Restore a backup.");
            if (i >= migrations.Count)
                throw new CannotStart($"The database is newer than this program: it has migration {number:0000}_{name}, the program ends at {migrations.Count:0000}. Start the newer program, or restore a backup of the older one.");
            if (sha256 != migrations[i].Sha256)
                throw new CannotStart($"Migration {migrations[i]} has changed since it was applied to this database (as {number:0000}_{name}). An applied migration never changes: put the file back and correct it in a new one.");
        }
    }

    private async Task Apply(NpgsqlConnection connection, Migration migration, CancellationToken cancel)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        try
        {
            await Run(connection, migration.Sql, cancel);
        }
        catch (PostgresException e)
        {
            throw new CannotStart($"Migration {migration} failed, and nothing of it was kept: {e.MessageText} {e.Detail}".TrimEnd(), e);
        }
        await using var record = new NpgsqlCommand("INSERT INTO schema_migrations (number, name, sha256) VALUES ($1, $2, $3)", connection, transaction)
        {
            Parameters = { new() { Value = migration.Number }, new() { Value = migration.Name }, new() { Value = migration.Sha256 } },
        };
        await record.ExecuteNonQueryAsync(cancel);
        await transaction.CommitAsync(cancel);
        log.LogInformation("Applied migration {Migration}", migration.ToString());
    }

    private static async Task<List<(int, string, string)>> Applied(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("SELECT number, name, sha256 FROM schema_migrations ORDER BY number", connection);
        await using var rows = await command.ExecuteReaderAsync(cancel);
        var applied = new List<(int, string, string)>();
        while (await rows.ReadAsync(cancel)) applied.Add((rows.GetInt32(0), rows.GetString(1), rows.GetString(2)));
        return applied;
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
