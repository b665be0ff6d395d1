namespace Rpd.Server.Providers.Studio.Sketch;

/// <param name="X">Middle of the figure.</param>
/// <param name="Y">Where it touches the ground, or its lower edge in air and water.</param>
/// <param name="Height">Units of the sheet.</param>
/// <param name="Turned">Looks to the left.</param>
internal sealed record Spot(Subject Subject, double X, double Y, double Height, bool Turned, double Depth, int Number)
{
    public double HalfWidth => Height * Cast.Of(Subject.Kind).Wide / 2;
}

/// <summary>Decides where the subjects stand: on the thirds, apart from each other, higher on the sheet the farther away.</summary>
internal static class Stage
{
    public static IReadOnlyList<Spot> Block(Canvas canvas)
    {
        var subjects = canvas.Scene.Subjects;
        if (canvas.Scene.Ground is Ground.Abstract or Ground.Portrait || subjects.Count == 0) return [];
        var rng = canvas.Rng.For("stage");
        var all = subjects.Where(s => s.Pose != Pose.Ride).ToList();
        var figures = all.SelectMany(s => Enumerable.Repeat(s, s.Count)).ToList();
        var crowd = Math.Pow(figures.Count, 0.42);
        var lead = figures.Count == 1 ? rng.Pick([0.4, 0.6, 0.5]) : 0.5;
        var turned = rng.Chance(0.5);
        var spots = new List<Spot>();
        var heights = figures.Select(f => (Role: Cast.Of(f.Kind), f.Scale)).Select(f => canvas.Unit * f.Role.Height * f.Scale / (f.Role.Far ? Math.Sqrt(crowd) : crowd)).ToList();
        var breadth = Enumerable.Range(0, figures.Count).Sum(i => heights[i] * Cast.Of(figures[i].Kind).Wide);
        var fit = Math.Min(1, canvas.Width * 0.88 / breadth);
        var before = 0.0;
        for (var i = 0; i < figures.Count; i++)
        {
            var role = Cast.Of(figures[i].Kind);
            var height = heights[i] * fit;
            var wide = heights[i] * role.Wide;
            var share = figures.Count == 1 ? lead : (before + wide / 2) / breadth;
            before += wide;
            var reach = Math.Min(0.5, height * role.Wide / 2 / canvas.Width + 0.02);
            var x = canvas.Width * Math.Clamp(share + (figures.Count > 1 ? rng.Jitter(0.14 / figures.Count) : 0), reach, 1 - reach);
            var depth = (role.Far ? 0.58 : 0.3) + (figures.Count > 1 ? rng.Jitter(0.05) + 0.02 * i : 0);
            spots.Add(new Spot(figures[i], x, Foot(canvas, role, height, depth, rng), height, figures.Count > 2 && i % 3 != 0 ? !turned : turned, depth, i));
        }
        return spots;
    }

    private static double Foot(Canvas canvas, Role role, double height, double depth, Rng rng)
    {
        var ground = canvas.Scene.Ground;
        var floating = ground is Ground.Space or Ground.Clouds;
        if (floating || (role.Medium == Medium.Air && ground != Ground.Room) || ground == Ground.Seabed && role.Medium == Medium.Water)
        {
            var middle = canvas.Height * (floating || ground == Ground.Seabed ? rng.Between(0.44, 0.54) : rng.Between(0.32, 0.42));
            return middle + height / 2;
        }
        if (ground == Ground.Room) return canvas.Height * 0.80 + rng.Jitter(8);
        if (role.Far) return canvas.Down(0.2) + 12;
        // A figure stands where its feet keep a margin below, however the sheet is cut.
        var foot = canvas.Down(0.72 - (depth - 0.3) * 2);
        return Math.Min(canvas.Height * 0.93, Math.Max(foot, canvas.Height * 0.74));
    }
}
