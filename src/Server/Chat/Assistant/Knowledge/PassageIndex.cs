using System.Runtime.InteropServices;

namespace Rpd.Server.Chat.Assistant.Knowledge;

/// <param name="Coverage">How much of what the question asks for is there: 0–1, rare words counting more.</param>
internal sealed record Hit(Passage Passage, double Score, double Coverage);

/// <summary>Finds passages by their words, ranked by BM25 with the title counting threefold.</summary>
internal sealed class PassageIndex
{
    // The usual constants of BM25: how soon repetitions stop to count, and how much length does.
    private const double Saturation = 1.2, LengthShare = 0.6;
    private const int TitleWeight = 3;
    // A passage that is named as the question asks is the one that is meant.
    private const double NamedBonus = 0.6;
    private readonly Dictionary<string, List<(int Passage, int Count)>> places = [];
    private readonly int[] lengths;
    private readonly HashSet<string>[] titles;
    private readonly double usual;

    public PassageIndex(IReadOnlyList<Passage> passages)
    {
        Passages = passages;
        lengths = new int[passages.Count];
        titles = [.. passages.Select(passage => Terms.Of(passage.Title).ToHashSet())];
        for (var i = 0; i < passages.Count; i++)
        {
            var counts = new Dictionary<string, int>();
            foreach (var term in titles[i]) CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _) += TitleWeight;
            foreach (var term in passages[i].Blocks.Prepend(passages[i].Source).SelectMany(Terms.Of)) CollectionsMarshal.GetValueRefOrAddDefault(counts, term, out _)++;
            foreach (var (term, count) in counts)
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(places, term, out _) ??= []).Add((i, count));
                lengths[i] += count;
            }
        }
        usual = lengths.Length == 0 ? 1 : lengths.Average();
    }

    public IReadOnlyList<Passage> Passages { get; }

    /// <summary>How much of its title the question says: 0–1.</summary>
    private double Named(int passage, IReadOnlyCollection<string> terms) =>
        titles[passage].Count == 0 ? 0 : titles[passage].Where(terms.Contains).Sum(Weight) / titles[passage].Sum(Weight);

    /// <summary>A word that is nowhere counts as the rarest.</summary>
    public double Weight(string term)
    {
        var among = places.TryGetValue(term, out var found) ? found.Count : 0;
        return Math.Log(1 + ((Passages.Count - among + 0.5) / (among + 0.5)));
    }

    /// <summary>The best first.</summary>
    public IReadOnlyList<Hit> Find(IReadOnlyCollection<string> terms, int most)
    {
        var (scores, covered) = (new double[Passages.Count], new double[Passages.Count]);
        double all = 0;
        foreach (var term in terms.Distinct())
        {
            var weight = Weight(term);
            all += weight;
            foreach (var (passage, count) in CollectionsMarshal.AsSpan(places.GetValueOrDefault(term)))
            {
                scores[passage] += weight * count * (Saturation + 1) / (count + (Saturation * (1 - LengthShare + (LengthShare * lengths[passage] / usual))));
                covered[passage] += weight;
            }
        }
        return [.. Enumerable.Range(0, Passages.Count).Where(i => scores[i] > 0).Select(i => new Hit(Passages[i], scores[i] * covered[i] / all * (1 + (NamedBonus * Named(i, terms))), covered[i] / all))
            .OrderByDescending(hit => hit.Score).Take(most)];
    }
}
