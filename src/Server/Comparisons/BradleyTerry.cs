namespace Rpd.Server.Comparisons;

/// <summary>
/// Strengths from pairs (Bradley and Terry, 1952): a beats b with p(a) / (p(a) + p(b)). Each competitor has also won and lost <see cref="Prior"/> times
/// against an average one, so that a few votes move little and somebody who has only won is not without bound. The same pairs give the same strengths,
/// in whatever order they come.
/// </summary>
public static class BradleyTerry
{
    public const double Prior = 4;
    private const int RoundsMax = 1_000;
    private const double Close = 1e-10;

    /// <param name="pairs">How often the one has won against the other.</param>
    /// <returns>By name, how often it would win against an average one.</returns>
    public static IReadOnlyDictionary<string, double> Rate(IEnumerable<(string Winner, string Loser, int Times)> pairs)
    {
        var all = pairs.GroupBy(pair => (pair.Winner, pair.Loser)).Select(same => (same.Key.Winner, same.Key.Loser, Times: same.Sum(pair => pair.Times)))
            .OrderBy(pair => pair.Winner, StringComparer.Ordinal).ThenBy(pair => pair.Loser, StringComparer.Ordinal).ToArray();
        var names = all.SelectMany(pair => new[] { pair.Winner, pair.Loser }).Distinct().Order(StringComparer.Ordinal).ToArray();
        var wins = names.ToDictionary(name => name, name => (double)all.Where(pair => pair.Winner == name).Sum(pair => pair.Times));
        var strength = names.ToDictionary(name => name, _ => 1.0);
        for (var round = 0; round < RoundsMax && names.Length > 0; round++)
        {
            // Hunter's MM steps: each of them raises the likelihood, and there is one highest point.
            var next = names.ToDictionary(name => name, name => (wins[name] + Prior) / (Met(name) + (2 * Prior / (strength[name] + 1))));
            var moved = names.Max(name => Math.Abs(Math.Log(next[name] / strength[name])));
            strength = next;
            if (moved < Close) break;
        }
        return strength.ToDictionary(one => one.Key, one => one.Value / (1 + one.Value));

        double Met(string name) => all.Where(pair => pair.Winner == name || pair.Loser == name).Sum(pair => pair.Times / (strength[pair.Winner] + strength[pair.Loser]));
    }
}
