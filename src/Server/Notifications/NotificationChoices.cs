using Npgsql;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Notifications;

/// <summary>How people want to be told: read and written by the settings, and by the link in a letter.</summary>
public sealed class NotificationChoices(NpgsqlDataSource database)
{
    public async Task<IReadOnlyList<NotificationChoice>> Read(Guid account, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select kind, site, email from notification_preferences where account_id = $1");
        command.Parameters.AddWithValue(account);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var chosen = new Dictionary<string, (bool Site, bool Email)>();
        while (await row.ReadAsync(cancel)) chosen[row.GetString(0)] = (row.GetBoolean(1), row.GetBoolean(2));
        return [.. NotificationKind.All.Select(kind => chosen.TryGetValue(kind.Name, out var choice)
            ? new NotificationChoice(kind, choice.Site, choice.Email) : new NotificationChoice(kind, Site: true, kind.EmailByDefault))];
    }

    public async Task Write(Guid account, IReadOnlyList<NotificationChoice> choices, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            insert into notification_preferences (account_id, kind, site, email) select $1, * from unnest($2, $3, $4)
            on conflict (account_id, kind) do update set site = excluded.site, email = excluded.email
            """);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(choices.Select(choice => choice.Kind.Name).ToArray());
        command.Parameters.AddWithValue(choices.Select(choice => choice.Site).ToArray());
        command.Parameters.AddWithValue(choices.Select(choice => choice.Email).ToArray());
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>No more letters of this kind; what is told on the site stays as it is.</summary>
    public async Task StopLetters(Guid account, string kind, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            insert into notification_preferences (account_id, kind, site, email) select id, $2, true, false from accounts where id = $1
            on conflict (account_id, kind) do update set email = false
            """);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(kind);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
