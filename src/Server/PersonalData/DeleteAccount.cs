using Npgsql;
using Rpd.Server.Accounts.Avatars;
using Rpd.Server.Billing;
using Rpd.Server.Credits;
using Rpd.Server.Files;
using Rpd.Server.Generations;
using Rpd.Server.Jobs;

namespace Rpd.Server.PersonalData;

/// <summary>
/// Ends an account whose time is over: step by step, each in pieces and in transactions of its own, each finding nothing to do when it has been done. So a
/// crash anywhere is made good by running it again; the account's own row comes last and says that all is done. The ledger keeps its entries.
/// </summary>
public sealed class DeleteAccount(NpgsqlDataSource database, CancelGeneration cancelGeneration, CreditLedger ledger, EndBilling billing, JobBell bell)
{
    private const int AtOnce = 1_000;

    public async Task Run(Guid account, CancellationToken cancel)
    {
        await billing.Run(account, cancel);
        await StopWork(account, cancel);
        await Book(account, cancel);
        foreach (var step in AccountRows.Steps) await Repeat(step, account, cancel);
        await Close(account, cancel);
        bell.Ring(Lanes.Quick);
    }

    /// <summary>What still runs is cancelled, with its refund; whatever it comes to meanwhile is deleted with the rest.</summary>
    private async Task StopWork(Guid account, CancellationToken cancel)
    {
        var running = new List<(Guid Id, bool Test)>();
        do
        {
            running.Clear();
            await using (var command = database.CreateCommand($"select id, test from generations where account_id = $1 and completed_at is null order by id limit {AtOnce}"))
            {
                command.Parameters.AddWithValue(account);
                await using var row = await command.ExecuteReaderAsync(cancel);
                while (await row.ReadAsync(cancel)) running.Add((row.GetGuid(0), row.GetBoolean(1)));
            }
            foreach (var (id, test) in running) await cancelGeneration.Run(account, id, cancel, test);
        }
        while (running.Count > 0);
    }

    private async Task Book(Guid account, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await ledger.Forfeit(connection, account, cancel);
    }

    /// <param name="sql">$1: the account; $2: how many rows at most. Answers how many there were.</param>
    private async Task Repeat(string sql, Guid account, CancellationToken cancel)
    {
        long done;
        do
        {
            await using var command = database.CreateCommand(sql);
            command.CommandTimeout = 300;
            command.Parameters.AddWithValue(account);
            command.Parameters.AddWithValue(AtOnce);
            done = (long)(await command.ExecuteScalarAsync(cancel))!;
        }
        while (done > 0);
    }

    /// <summary>The row stays, as whose the ledger's entries are; it says nothing about anybody any more.</summary>
    private async Task Close(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand($"""
            with former as (select avatar from accounts where id = $1 for update),
            picture as ({EraseAvatar.InsertSql} select '{EraseAvatar.Kind}', 'quick', jsonb_build_object('avatar', avatar), 'ready', now(), 8, now() from former where avatar is not null),
            -- Once more when every address that something could still be uploaded to has ended.
            uploads as ({EraseAvatar.InsertSql} select 'file.erase', 'quick', jsonb_build_object('prefix', $2::text), 'ready', due, 8, now() from unnest(array[now(), now() + interval '1 day']) due)
            update accounts set status = 'deleted', delete_after = null, avatar = null, role = 'user', email = $3, normalized_email = upper($3), user_name = $3, normalized_user_name = upper($3),
              email_confirmed = false, password_hash = null, security_stamp = gen_random_uuid()::text, concurrency_stamp = gen_random_uuid()::text, phone_number = null,
              phone_number_confirmed = false, two_factor_enabled = false, lockout_end = null, access_failed_count = 0, handle = $4, display_name = 'Deleted account', time_zone = 'UTC'
            where id = $1
            """);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(FileKeys.OfAccount(account));
        command.Parameters.AddWithValue($"{account:N}@deleted.invalid");
        // By chance: a handle that can be foretold can be taken, and then the account could never be closed.
        command.Parameters.AddWithValue("gone_" + Guid.NewGuid().ToString("N")[..20]);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
