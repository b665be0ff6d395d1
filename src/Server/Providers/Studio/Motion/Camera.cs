using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Motion;

/// <summary>Where the camera is at one moment.</summary>
/// <param name="X">How far to the right, in frame widths, as things next to the lens see it.</param>
/// <param name="Y">How far down, in frame heights.</param>
/// <param name="Zoom">How much larger things next to the lens have become: 0 not at all.</param>
internal readonly record struct CameraPlace(double X, double Y, double Zoom);

/// <summary>A move of the camera through a scene.</summary>
internal sealed record Camera(string Move, double Seconds, double Held, int Side)
{
    public static readonly IReadOnlyList<string> Moves = ["auto", "still", "pan left", "pan right", "push in", "pull out", "orbit", "crane up", "track"];

    private static readonly (string Word, string Move)[] Spoken =
    [
        ("zoom in", "push in"), ("dolly in", "push in"), ("push in", "push in"), ("close in", "push in"), ("zoom out", "pull out"), ("pull out", "pull out"), ("dolly out", "pull out"),
        ("pan left", "pan left"), ("pan right", "pan right"), ("orbit", "orbit"), ("circling", "orbit"), ("crane", "crane up"), ("tilt up", "crane up"), ("tracking", "track"),
        ("static shot", "still"), ("still camera", "still"), ("tripod", "still"),
    ];

    /// <param name="actor">Who is followed or circled, if anybody is there.</param>
    public static Camera Choose(string? wish, string prompt, double seconds, Spot? actor, Rng rng)
    {
        var side = actor is { Turned: true } || (actor is null && rng.Chance(0.5)) ? -1 : 1;
        var said = Spoken.FirstOrDefault(pair => prompt.Contains(pair.Word, StringComparison.OrdinalIgnoreCase)).Move;
        var move = wish is not (null or "auto") ? wish : said ?? (Runs(actor) ? "track" : rng.Pick(["push in", "push in", "pan left", "pan right", "orbit"]));
        return new(move, seconds, actor is null ? 0.45 : Parallax.Of(actor.Depth), side);
    }

    public CameraPlace At(double time)
    {
        var t = time / Seconds;
        var eased = t - Math.Sin(Math.Tau * t) / Math.Tau * 0.55;
        var reach = Math.Clamp(Seconds / 5, 0.6, 1.5);
        return Move switch
        {
            "pan left" => new((0.5 - eased) * 0.2 * reach, 0, 0.03),
            "pan right" => new((eased - 0.5) * 0.2 * reach, 0, 0.03),
            "push in" => new((eased - 0.5) * 0.02 * Side, 0, 0.02 + 0.22 * reach * eased),
            "pull out" => new((eased - 0.5) * 0.02 * Side, 0, 0.02 + 0.22 * reach * (1 - eased)),
            "orbit" => new(0.1 * reach * Math.Sin(Math.Tau * (t - 0.25)) * Side, 0, 0.05 + 0.05 * Math.Sin(Math.Tau * t)),
            "crane up" => new(0, (0.5 - eased) * 0.09, 0.05),
            "track" => new(time * 0.16 * Side, 0, 0.04 + 0.02 * Math.Sin(time * 0.9)),
            _ => default,
        };
    }

    /// <summary>Moves that keep their eye on somebody: what is as far away stays where it is in the frame.</summary>
    public bool Follows => Move is "orbit" or "track";

    private static bool Runs(Spot? actor) => actor is { Subject: { } subject } && (subject.Pose == Pose.Run || subject.Kind is "car" or "train" or "plane");
}

/// <summary>How much of the camera's way a thing passes by, seen at its distance.</summary>
internal static class Parallax
{
    public static double Of(double depth) => 0.04 + 1.06 * Math.Pow(1 - Math.Clamp(depth, 0, 1), 1.25);

    /// <summary>Of flat ground, by how far below the horizon it lies: 0 on it, 1 at the sheet's lower edge.</summary>
    public static double OfGround(double below) => Of(0.68 - 0.5 * Math.Pow(Math.Clamp(below, 0, 1.1), 1 / 1.6));
}
