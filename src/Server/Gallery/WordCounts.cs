using Npgsql;

namespace Rpd.Server.Gallery;

/// <summary>
/// How often words stand in public works, by PostgreSQL's own statistics. They decide how a search runs, never what it finds: a page of common words is
/// soon found by walking in the order of the list, a rare one is found in the index of words.
/// </summary>
public sealed class WordCounts(NpgsqlDataSource database, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromMinutes(10);

    private Counted? known;

    public async ValueTask<Counted> Read(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        if (known is { } recent && now - recent.At < Fresh) return recent;
        await using var command = database.CreateCommand("""
            select c.reltuples, s.most_common_elems::text::text[], s.most_common_elem_freqs
            from pg_class c left join pg_stats s on s.schemaname = current_schema() and s.tablename = c.relname and s.attname = 'search' where c.oid = 'publications'::regclass
            """);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        await reader.ReadAsync(cancel);
        // A table that has not been looked at yet has -1 rows and no words: a small one.
        var works = Math.Max(0, reader.GetFloat(0));
        return known = reader.IsDBNull(1) ? new(now, works, []) : new(now, works, [.. reader.GetFieldValue<string[]>(1).Zip(reader.GetFieldValue<float[]>(2))]);
    }
}

/// <param name="Works">Public works, about.</param>
/// <param name="Common">The most frequent words, each with the share of the works that have it.</param>
public sealed record Counted(DateTimeOffset At, float Works, IReadOnlyList<(string Word, float Share)> Common)
{
    // Measured with a million works in memory, in what it costs to pass a work in a list's order (0.8 µs): to find one by the index and sort it; and how
    // many entries of the index are unfolded meanwhile.
    private const double LookupCost = 1.5;
    private const int Unfolded = 30;

    private readonly float rarest = Common.Count == 0 ? 0 : Common.Min(word => word.Share);

    /// <summary>How many works must be passed, in whatever order, until so many with all the words are found.</summary>
    public double Walk(IReadOnlyList<SearchWord> words, int most) => most / Share(words);

    /// <summary>What it costs to find all by the index, in works passed.</summary>
    public double Lookup(IReadOnlyList<SearchWord> words) => LookupCost * Works * Share(Indexed(words));

    /// <summary>How many works have the word.</summary>
    public double About(SearchWord word) => Works * Share(word);

    /// <summary>The words worth asking the index for: the rarest, and those that are not so frequent that unfolding them costs more than what they save.</summary>
    public IReadOnlyList<SearchWord> Indexed(IReadOnlyList<SearchWord> words)
    {
        var least = words.Min(Share);
        return [.. words.Where(word => Share(word) <= least * Unfolded)];
    }

    private double Share(IReadOnlyList<SearchWord> words) => words.Aggregate(1.0, (share, word) => share * Share(word));

    private float Share(SearchWord word) => Math.Clamp(Common.Where(one => word.Finds(one.Word)).Sum(one => one.Share), rarest, 1);
}
