using Npgsql;
using NpgsqlTypes;
using Rpd.Server.Live;
using Rpd.Server.Prompts;
using Rpd.Server.Switches;
using Rpd.Shared;
using Rpd.Shared.Admin;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <param name="ChangeTitle">Whether <paramref name="Title"/> is to be written; null then clears it.</param>
/// <param name="Visibility">Null leaves it.</param>
/// <param name="Mature">Whether it is for adults; null leaves it.</param>
public sealed record GenerationChanges(bool ChangeTitle, string? Title, string? Visibility, bool? Mature = null);

/// <summary>An owner renames, publishes or withdraws. Publishing needs a completed generation; before that, the wish is kept until it completes.</summary>
public sealed class ChangeGeneration(NpgsqlDataSource database, GenerationQueries queries, LiveFeed live, ContentPolicy policy, Moderation moderation, SwitchBoard switches, TimeProvider time)
{
    public async Task<Refusal?> Run(Guid account, Guid id, GenerationChanges changes, CancellationToken cancel, bool test = false)
    {
        if (test && changes.Visibility is Visibility.Public or Visibility.Unlisted) return Refusal.Conflict(NewGeneration.TestStaysPrivate);
        if (changes.Visibility is Visibility.Public or Visibility.Unlisted && switches.Refuse(Switch.Publishing) is { } off) return off;
        if (policy.Refuse(("title", changes.Title)) is { } violation) return violation;
        if (await moderation.Refuse([changes.Title], cancel, "title") is { } flagged) return flagged;
        if (await Write(account, id, changes, test, cancel) is { } changed)
        {
            if (!test) live.Tell(account, changed.Nudge);
            if (changes.Visibility is not null || changed.Visibility != Visibility.Private) live.GalleryChanged();
            return null;
        }
        return await queries.Status(account, id, cancel, test) is { } status
            ? Refusal.Conflict(status is GenerationStatus.Failed or GenerationStatus.Cancelled ? $"The generation is {status}: there is nothing to publish." : "A moderator has hidden it: it cannot be published.") : Refusal.NotFound("The generation");
    }

    private async Task<(Nudge Nudge, string Visibility)?> Write(Guid account, Guid id, GenerationChanges changes, bool test, CancellationToken cancel)
    {
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var update = new NpgsqlCommand("""
            update generations set title = case when $3 then $4 else title end, visibility = coalesce($5, visibility), mature = coalesce($7, mature), version = version + 1
            where id = $1 and account_id = $2 and test = $6 and (coalesce($5, 'private') = 'private' or (status not in ('failed', 'cancelled') and hidden_at is null))
            returning status, type, model, visibility, progress, version
            """, connection)
        {
            Parameters =
            {
                new() { Value = id }, new() { Value = account }, new() { Value = changes.ChangeTitle },
                new() { Value = (object?)changes.Title ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = (object?)changes.Visibility ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text },
                new() { Value = test },
                new() { Value = (object?)changes.Mature ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Boolean },
            },
        };
        Nudge nudge;
        (string Type, string Model, string Visibility) row;
        await using (var reader = await update.ExecuteReaderAsync(cancel))
        {
            if (!await reader.ReadAsync(cancel)) return null;
            row = (reader.GetString(1), reader.GetString(2), reader.GetString(3));
            nudge = new(id, reader.GetString(0), reader.GetInt32(4), reader.GetInt32(5));
        }
        if (changes.Visibility is not null && nudge.Status == GenerationStatus.Completed)
            await PublishGeneration.Apply(connection, id, account, row.Type, row.Model, row.Visibility, time.GetUtcNow(), cancel);
        if (changes.ChangeTitle) await Follow(PublishGeneration.RetitleSql);
        if (changes.Mature is not null) await Follow(PublishGeneration.RateSql);
        await transaction.CommitAsync(cancel);
        return (nudge, row.Visibility);

        async Task Follow(string sql)
        {
            await using var follow = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = id } } };
            await follow.ExecuteNonQueryAsync(cancel);
        }
    }
}
