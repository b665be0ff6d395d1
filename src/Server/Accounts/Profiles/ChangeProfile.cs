using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Live;
using Rpd.Shared;
using Rpd.Shared.Accounts;

namespace Rpd.Server.Accounts.Profiles;

/// <summary>
/// What somebody shows of themselves, in one transaction. A handle that is given up stays theirs for 30 days; three of these at once are enough for
/// anybody, and whoever collects handles gets no more.
/// </summary>
public sealed class ChangeProfile(NpgsqlDataSource database, LiveFeed live, TimeProvider time)
{
    private const int FormerMax = 3;

    private static readonly FieldError Taken = new("handle", "Somebody else has this handle.");

    public async Task<Refusal?> Run(Guid account, ProfileForm form, CancellationToken cancel)
    {
        var wish = ProfileWish.Read(form);
        if (wish.Declined) return wish.Refusal;
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        try
        {
            if (await Rename(connection, account, wish.Value.Handle, cancel) is { } wrong) return Refusal.Invalid([wrong]);
            await Write(connection, account, wish.Value, cancel);
            await transaction.CommitAsync(cancel);
        }
        catch (PostgresException taken) when (taken is { SqlState: PostgresErrorCodes.UniqueViolation, ConstraintName: "accounts_handle" or "former_handles_pkey" })
        {
            return Refusal.Invalid([Taken]);
        }
        live.GalleryChanged();
        return null;
    }

    private async Task<FieldError?> Rename(NpgsqlConnection connection, Guid account, string handle, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        // Whoever takes or gives up a handle waits here for the other who does: what is given up must be seen as kept.
        await Execute("select pg_advisory_xact_lock(hashtextextended('handles', 0))");
        var current = (string)(await Ask("select handle from accounts where id = $1 for update", account))!;
        if (current == handle) return null;
        await Execute("delete from former_handles where until <= $1 or (handle = $2 and account_id = $3)", now, handle, account);
        if (await Ask("select 1 from former_handles where handle = $1 union all select 1 from accounts where handle = $1", handle) is not null) return Taken;
        if ((long)(await Ask("select count(*) from former_handles where account_id = $1", account))! >= FormerMax)
            return new("handle", $"You have changed your handle {FormerMax} times in the last 30 days. Please wait a while.");
        await Execute("update accounts set handle = $2 where id = $1", account, handle);
        await Execute("insert into former_handles (handle, account_id, until) values ($1, $2, $3)", current, account, now + FormerHandle.Kept);
        return null;

        async Task<object?> Ask(string sql, params object[] values)
        {
            await using var command = Command(connection, sql, values);
            return await command.ExecuteScalarAsync(cancel);
        }

        async Task Execute(string sql, params object[] values)
        {
            await using var command = Command(connection, sql, values);
            await command.ExecuteNonQueryAsync(cancel);
        }
    }

    private static async Task Write(NpgsqlConnection connection, Guid account, ProfileWish wish, CancellationToken cancel)
    {
        await using var command = Command(connection, """
            with named as (update accounts set display_name = $2, time_zone = $3 where id = $1)
            insert into profiles (account_id, bio, likes_public) values ($1, $4, $5)
            on conflict (account_id) do update set bio = excluded.bio, likes_public = excluded.likes_public
            """, account, wish.DisplayName, wish.TimeZone);
        command.Parameters.Add(new() { Value = wish.Bio ?? (object)DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.AddWithValue(wish.LikesPublic);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlCommand Command(NpgsqlConnection connection, string sql, params object[] values)
    {
        var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return command;
    }
}
