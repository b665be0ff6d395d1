using System.Globalization;

namespace Rpd.Server.Recognition;

/// <param name="Hex"><c>#rrggbb</c>.</param>
/// <param name="Percent">Of the picture's area, to a tenth. What makes up less than one is left out, so they need not sum to 100.</param>
public sealed record FoundColour(string Hex, ColourName Names, double Percent);

/// <summary>
/// The few colours that a picture is made of, the largest first. Pixels are counted in 32 steps a channel; the fullest steps that differ visibly are where the
/// colours begin, and each then moves to the middle of what is nearest to it. The same picture always gives the same colours.
/// </summary>
internal static class DominantColours
{
    private const int ColoursMax = 8, Rounds = 6;
    private const double Apart = 18, ShareMin = 0.01;

    /// <param name="rgb">Rows of red, green, blue.</param>
    public static FoundColour[] Of(ReadOnlySpan<byte> rgb)
    {
        var steps = Count(rgb);
        var middles = Begin(steps);
        var groups = Gather(steps, middles);
        for (var round = 1; round < Rounds; round++) groups = Gather(steps, [.. groups.Select(group => group.Lab)]);
        var all = (double)steps.Sum(step => step.Pixels);
        return [.. groups.Where(group => group.Pixels / all >= ShareMin).OrderByDescending(group => group.Pixels).Select(group => new FoundColour(group.Hex, ColourNames.Nearest(group.Lab), Math.Round(100 * group.Pixels / all, 1)))];
    }

    private static List<Group> Count(ReadOnlySpan<byte> rgb)
    {
        var sums = new Dictionary<int, (long R, long G, long B, long Pixels)>();
        for (var at = 0; at + 2 < rgb.Length; at += 3)
        {
            var step = (rgb[at] >> 3 << 10) | (rgb[at + 1] >> 3 << 5) | rgb[at + 2] >> 3;
            var sum = sums.GetValueOrDefault(step);
            sums[step] = (sum.R + rgb[at], sum.G + rgb[at + 1], sum.B + rgb[at + 2], sum.Pixels + 1);
        }
        return [.. sums.OrderByDescending(sum => sum.Value.Pixels).ThenBy(sum => sum.Key).Select(sum => Group.Of(sum.Value.R, sum.Value.G, sum.Value.B, sum.Value.Pixels))];
    }

    private static List<Lab> Begin(List<Group> steps)
    {
        var middles = new List<Lab>();
        foreach (var step in steps)
            if (middles.Count < ColoursMax && middles.TrueForAll(middle => middle.Distance(step.Lab) > Apart)) middles.Add(step.Lab);
        return middles;
    }

    private static List<Group> Gather(List<Group> steps, IReadOnlyList<Lab> middles) =>
        [.. steps.GroupBy(step => middles.Index().MinBy(middle => middle.Item.Distance(step.Lab)).Index).OrderBy(group => group.Key)
            .Select(group => Group.Of(group.Sum(step => step.R), group.Sum(step => step.G), group.Sum(step => step.B), group.Sum(step => step.Pixels)))];

    private readonly record struct Group(long R, long G, long B, long Pixels, Lab Lab)
    {
        public static Group Of(long r, long g, long b, long pixels) => new(r, g, b, pixels, Lab.Of((double)r / pixels, (double)g / pixels, (double)b / pixels));

        public string Hex => string.Create(CultureInfo.InvariantCulture, $"#{Mean(R):x2}{Mean(G):x2}{Mean(B):x2}");

        private long Mean(long sum) => (sum + Pixels / 2) / Pixels;
    }
}
