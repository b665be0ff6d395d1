using Npgsql;
using Rpd.Shared.Generations;
using Rpd.Web.Library;
using Rpd.Web.Ui;

namespace Rpd.Server.Generations;

/// <summary>What is known of how a generation went: from its own row, the ledger, its publication and, while it runs, its job. What was not written down is not told.</summary>
public sealed class GenerationLife(NpgsqlDataSource database)
{
    private sealed record Row(string Face, bool Held, bool HandedOver, int Attempts, DateTimeOffset? SettledAt, DateTimeOffset? PublishedAt);

    /// <param name="run">One's own.</param>
    public async Task<IReadOnlyList<LifeStep>> Of(GenerationView run, CancellationToken cancel) => await Read(run.Id, cancel) is { } row ? Timed(Steps(run, row)) : [];

    // Jobs that run are few, and they have an index; those that wait may be many.
    private async Task<Row?> Read(Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("""
            select g.face, g.held, g.upstream_id is not null,
              coalesce((select j.attempts from jobs j where j.state = 'running' and j.kind = 'generation.submit' and j.args ->> 'id' = g.id::text limit 1), 0),
              (select e.at from credit_entries e where e.key = 'gen:' || g.id || ':settle'), (select p.published_at from publications p where p.generation_id = g.id)
            from generations g where g.id = $1
            """);
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) ? new(row.GetString(0), row.GetBoolean(1), row.GetBoolean(2), row.GetInt32(3), Time(4), Time(5)) : null;

        DateTimeOffset? Time(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<DateTimeOffset>(column);
    }

    private static IEnumerable<LifeStep> Steps(GenerationView run, Row row)
    {
        yield return new("Asked for", run.CreatedAt, Note: $"{(row.Face == "pages" ? "On this site." : "Through the API.")} {Words.Credits(run.CreditsCost)} held.");
        if (run.StartedAt is { } started) yield return new("Started", started, Note: Started(run, row));
        if (run.Status == GenerationStatus.Queued) yield return new("Waiting", null, Note: row.Held ? "All places of your plan are taken by others of yours." : "For its turn.");
        if (run.Status == GenerationStatus.Processing) yield return new("In progress", null, Note: $"{run.Progress} %");
        if (run.CompletedAt is not { } ended) yield break;
        var late = run.Status == GenerationStatus.Completed && row.SettledAt is { } settled && settled < ended && run.CreditsRefunded == run.CreditsCost && run.CreditsCost > 0;
        if (late) yield return new("Given up", row.SettledAt, Note: "It was not done by the deadline.");
        if (late) yield return Returned();
        yield return run.Status switch
        {
            GenerationStatus.Failed => new("Failed", ended, Note: run.Error?.Message),
            GenerationStatus.Cancelled => new("Cancelled", ended),
            _ when late => new("Delivered late", ended, Note: "Free of charge."),
            _ => new("Done", ended, Note: run.Outputs.Count < run.Count ? $"{run.Outputs.Count} of {run.Count} came out." : null),
        };
        if (!late && run.CreditsRefunded > 0) yield return Returned();
        if (row.PublishedAt is { } published) yield return new(run.Visibility == Visibility.Public ? "Published" : "Opened to whoever has the link", published);

        LifeStep Returned() => new($"{Words.Credits(run.CreditsRefunded)} returned", row.SettledAt ?? ended);
    }

    private static string? Started(GenerationView run, Row row)
    {
        var notes = new List<string>();
        if (row.HandedOver) notes.Add($"Handed over to {Words.Sentence(run.Provider)}, which works on it by itself.");
        if (row.Attempts > 1) notes.Add($"This is attempt {row.Attempts}.");
        return notes.Count > 0 ? string.Join(' ', notes) : null;
    }

    private static List<LifeStep> Timed(IEnumerable<LifeStep> steps)
    {
        var timed = new List<LifeStep>();
        foreach (var step in steps.OrderBy(step => step.At ?? DateTimeOffset.MaxValue))
            timed.Add(step with { After = step.At is { } at && timed.LastOrDefault(before => before.At is not null)?.At is { } before ? at - before : null });
        return timed;
    }
}
