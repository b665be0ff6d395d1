using System.Globalization;
using Npgsql;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Generations;

namespace Rpd.Server.Comparisons;

/// <param name="Entries">In the order of their letters, which does not follow the request's.</param>
public sealed record Comparison(Guid Id, IReadOnlyList<GenerationView> Entries, ComparisonVote? Vote)
{
    public IReadOnlyList<GenerationView> Shown { get; } = [.. Entries.Where(entry => entry is { Status: GenerationStatus.Completed, Outputs.Count: > 0 })];

    public bool Ended { get; } = Entries.All(entry => GenerationStatus.Ended(entry.Status));

    /// <summary>With fewer than two results there is nothing to choose between.</summary>
    public bool Votable => Vote is null && Ended && Shown.Count > 1;

    /// <summary>Whether the names may be seen.</summary>
    public bool Open => Vote is not null || (Ended && Shown.Count < 2);
}

/// <param name="Type">Of its generations.</param>
public sealed record ComparisonRow(Guid Id, string Type, string? Prompt, DateTimeOffset CreatedAt, int Count, int Running, int Shown, string? Choice, string? Winner);

/// <summary>One's own comparisons. The owner stands in every WHERE.</summary>
public sealed class ComparisonQueries(NpgsqlDataSource database, GenerationQueries generations, Cursors cursors)
{
    private const string CursorKind = "comparisons";

    /// <summary>Null when it is somebody else's, or all of it has been deleted.</summary>
    public async Task<Comparison?> Find(Guid account, Guid id, CancellationToken cancel)
    {
        var entries = await generations.List(account, new(ComparisonId: id), before: null, CompareModels.ModelsMax, cancel);
        return entries.Items.Count == 0 ? null : new(id, BlindOrder.Of(id, entries.Items), await Vote(id, cancel));
    }

    public async Task<Page<ComparisonRow>> List(Guid account, string? cursor, int limit, CancellationToken cancel)
    {
        var before = cursor is not null && cursors.Read(CursorKind, cursor) is { } position ? Guid.Parse(position) : (Guid?)null;
        await using var command = database.CreateCommand(string.Create(CultureInfo.InvariantCulture, $"""
            select c.comparison_id, g.type, g.prompt, g.created_at, g.count, g.running, g.shown, v.choice, v.winner
            from (select distinct comparison_id from generations where account_id = $1 and comparison_id is not null and not test
              {(before is null ? "" : "and comparison_id < $2 ")}order by comparison_id desc limit {limit + 1}) c
            join lateral (select min(type) as type, min(prompt) as prompt, min(created_at) as created_at, count(*)::int as count, (count(*) filter (where completed_at is null))::int as running,
                (count(*) filter (where status = 'completed'))::int as shown
              from generations where comparison_id = c.comparison_id and account_id = $1) g on true
            left join comparison_votes v on v.comparison_id = c.comparison_id order by c.comparison_id desc
            """));
        command.Parameters.AddWithValue(account);
        if (before is { } last) command.Parameters.AddWithValue(last);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var found = new List<ComparisonRow>();
        while (await row.ReadAsync(cancel))
            found.Add(new(row.GetGuid(0), row.GetString(1), Text(2), row.GetFieldValue<DateTimeOffset>(3), row.GetInt32(4), row.GetInt32(5), row.GetInt32(6), Text(7), Text(8)));
        return new([.. found.Take(limit)], found.Count > limit ? cursors.Write(CursorKind, found[limit - 1].Id.ToString()) : null);

        string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
    }

    private async Task<ComparisonVote?> Vote(Guid id, CancellationToken cancel)
    {
        await using var command = database.CreateCommand("select account_id, type, choice, generation_id, winner, losers, voted_at from comparison_votes where comparison_id = $1");
        command.Parameters.AddWithValue(id);
        await using var row = await command.ExecuteReaderAsync(cancel);
        if (!await row.ReadAsync(cancel)) return null;
        return new()
        {
            ComparisonId = id,
            AccountId = row.GetGuid(0),
            Type = row.GetString(1),
            Choice = row.GetString(2),
            GenerationId = row.IsDBNull(3) ? null : row.GetGuid(3),
            Winner = row.IsDBNull(4) ? null : row.GetString(4),
            Losers = row.GetFieldValue<string[]>(5),
            VotedAt = row.GetFieldValue<DateTimeOffset>(6),
        };
    }
}
