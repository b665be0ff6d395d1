using System.Globalization;
using Npgsql;
using Rpd.Server.ApiKeys.External;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Shared;
using Rpd.Shared.Notifications;

namespace Rpd.Server.Notifications;

/// <summary>
/// The job <c>notification.letter</c>: one letter with everything of a kind that has come together since the last. It takes what waits and leaves the letter
/// in one transaction, so that run twice it writes once.
/// </summary>
public sealed class SendNotifications(NpgsqlDataSource database, Unsubscribe unsubscribe, LetterSeal seal, PublicAddress address, JobBell bell) : IJob
{
    public const string Kind = "notification.letter";

    private const int SubjectMax = 120;

    internal sealed record Args(Guid Account, string Kind);

    public async Task<JobResult> Run(JobRun job, CancellationToken cancel)
    {
        var (account, kind) = job.Read<Args>();
        await using var connection = await database.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        if (await Take(transaction, account, kind, cancel) is { } waiting)
            await InsertJob.Run(transaction, seal.Job(Write(account, kind, waiting)), cancel);
        await transaction.CommitAsync(cancel);
        bell.Ring(Lanes.Quick);
        return JobResult.Done;
    }

    private async Task<Waiting?> Take(NpgsqlTransaction within, Guid account, string kind, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("""
            with waited as (select * from notification_letters where account_id = $1 and kind = $2 and waiting > 0 for update),
            taken as (update notification_letters l set waiting = 0, titles = '{}', sent_at = now() from waited w where l.account_id = w.account_id and l.kind = w.kind)
            select w.titles, w.link, w.waiting, a.email from waited w join accounts a on a.id = w.account_id and a.status = 'active'
            where coalesce((select p.email from notification_preferences p where p.account_id = $1 and p.kind = $2), $3)
            """, within.Connection, within);
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(kind);
        command.Parameters.AddWithValue(NotificationKind.Find(kind)?.EmailByDefault ?? false);
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel) || OpenExternalAccount.HasNoMailbox(row.GetString(3))) return null;
        return new(row.GetFieldValue<string[]>(0), row.IsDBNull(1) ? null : row.GetString(1), row.GetInt32(2), row.GetString(3));
    }

    private Letter Write(Guid account, string kind, Waiting waiting)
    {
        var label = NotificationKind.Find(kind)?.Label ?? "News";
        var subject = waiting.Count == 1 ? waiting.Titles[0] : string.Create(CultureInfo.InvariantCulture, $"{label} ({waiting.Count} times)");
        var more = waiting.Count - waiting.Titles.Length;
        return unsubscribe.Offer(account, kind, waiting.To, Cut.At(OneLine(subject), SubjectMax),
        [
            .. waiting.Titles.Select(OneLine),
            .. more > 0 ? [string.Create(CultureInfo.InvariantCulture, $"… and {more} more.")] : Array.Empty<string>(),
            address.Link(waiting.Link ?? "/notifications"),
        ]);
    }

    // Titles quote prompts, which have lines.
    private static string OneLine(string text) => string.Concat(text.Select(letter => char.IsControl(letter) ? ' ' : letter));

    private sealed record Waiting(string[] Titles, string? Link, int Count, string To);
}
