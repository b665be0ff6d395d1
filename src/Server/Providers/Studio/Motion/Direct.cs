using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Motion;

/// <summary>Tells every plane what to do at one moment of the film.</summary>
/// <param name="late">How far the day has gone on since this set's own hour, −1 to 1: 0 when it stands still.</param>
/// <param name="dawning">Whether the film goes from dark to light.</param>
internal sealed class Direct(Stageset set, Camera camera, double time, double late, bool dawning, int frameWidth)
{
    private const double StridesPerSecond = 2.1;
    private readonly CameraPlace _place = camera.At(time);

    /// <param name="below">For flat ground: where the row lies between horizon and lower edge.</param>
    public Pass Of(Plane plane, double below)
    {
        var near = plane.Movement == Movement.Lens ? 0 : Nearness(plane, below);
        var pass = new Pass(1 + _place.Zoom * near, frameWidth * _place.X * (camera.Follows ? near - camera.Held : near), set.Height * _place.Y * near, default, 256);
        return plane.Movement switch
        {
            Movement.Lens => new Pass(1, 0, 0, default, 256),
            Movement.Sky => pass with { ShiftX = pass.ShiftX * 0.15 },
            Movement.Sun => pass with { ShiftX = pass.ShiftX * 0.3, ShiftY = pass.ShiftY - late * (dawning ? -0.7 : 0.7) * set.Horizon },
            Movement.Moon => pass with { ShiftX = pass.ShiftX * 0.3, ShiftY = pass.ShiftY - late * (dawning ? 0.5 : -0.5) * set.Horizon },
            Movement.Stars => pass with { ShiftX = pass.ShiftX * 0.15, Swing = new(0, time * 2.4, 0, 0) },
            Movement.Aurora => pass with { Swing = new(26 * U, time * 0.7, 0.006 / U, 0.002 / U), Opacity = 205 + (int)(50 * Math.Sin(time * 0.9)) },
            Movement.Clouds => pass with { ShiftX = pass.ShiftX - time * frameWidth * 0.012 },
            Movement.Swell => pass with { ShiftX = pass.ShiftX - 26 * U * near * Math.Sin(time * 0.35 + plane.Depth * 9), ShiftY = pass.ShiftY - 7 * U * Math.Sin(time * 0.5 + plane.Depth * 13) },
            Movement.Field => pass with { Swing = new((1.5 + 8 * near) * Wind * U, time * 1.9 + plane.Depth * 2, 0.0052 / U, 0.004 / U) },
            Movement.Water => pass with { Swing = new((2 + 9 * near) * U, time * 1.5, 0.003 / U, 0.055 / U / (0.3 + near)), ShiftY = pass.ShiftY - 3 * U * near * Math.Sin(time * 1.1 + plane.Depth * 20) },
            Movement.Rain => pass with { ShiftX = time * 300 * U, ShiftY = -time * 1500 * U },
            Movement.Snow => Falling(plane, pass, 75, 10, 0.8),
            Movement.Petals => Falling(plane, pass, 62, 26, 1.2),
            Movement.Bubbles => pass with { ShiftY = time * 80 * U, Swing = new(6 * U, time * 1.6, 0.01 / U, 0.02 / U) },
            Movement.Embers => pass with { ShiftY = pass.ShiftY + 9 * U * Math.Sin(time * 0.7), Swing = new(16 * U, time * 0.8, 0.009 / U, 0.013 / U) },
            Movement.Flock => pass with { ShiftX = pass.ShiftX - time * frameWidth * 0.022 * camera.Side, ShiftY = pass.ShiftY - 6 * U * Math.Sin(time * 1.3), Swing = new(3 * U, time * 3, 0.03 / U, 0.02 / U) },
            Movement.Rays => pass with { Opacity = 205 + (int)(50 * Math.Sin(time * 1.1)) },
            Movement.Bolt => pass with { Opacity = Flash(time) },
            Movement.Shadow => plane.Spot is { Subject.Pose: Pose.Run } runner ? pass with { Opacity = 256 - (int)(90 * Lift(runner)) } : pass,
            Movement.Actor => Act(plane.Spot, pass),
            _ => pass,
        };
    }

    private double U => set.Unit;

    private double Wind => set.Scene.Weather is Weather.Storm or Weather.Rain ? 1.9 : 1;

    private double Nearness(Plane plane, double below)
    {
        if (plane.Movement.ByRow()) return Parallax.OfGround(below);
        return Parallax.Of(plane.Depth);
    }

    private Pass Falling(Plane plane, Pass pass, double speed, double sway, double pace)
    {
        var factor = plane.Near ? 1.9 : 1;
        return pass with
        {
            Zoom = pass.Zoom * (plane.Near ? 1.6 : 1),
            ShiftX = pass.ShiftX * factor - time * speed * 0.35 * U * factor + (plane.Near ? 333 * U : 0),
            ShiftY = -time * speed * U * factor,
            Swing = new(sway * U, time * pace, 0.006 / U, 0.01 / U),
            Opacity = plane.Near ? 190 : 256,
        };
    }

    // Struck at the start and every 2.3 seconds, twice in quick succession.
    private static int Flash(double time)
    {
        var since = time % 2.3;
        var second = since - 0.22;
        return (int)(256 * Math.Clamp(Math.Exp(-since * 9) + (second > 0 ? 0.8 * Math.Exp(-second * 5) : 0), 0.04, 1));
    }

    /// <summary>Which step of a gait it is now.</summary>
    public Plane Step(Plane plane) => plane.Gait.Count == 0 || plane.Spot is null ? plane
        : plane.Gait[(int)(Gait(plane.Spot) * plane.Gait.Count) % plane.Gait.Count];

    private double Gait(Spot spot) => (time + spot.Number * 0.31) * StridesPerSecond % 1;

    // Highest a little after the paws have met.
    private double Lift(Spot spot) => (1 - Math.Cos(Math.Tau * (Gait(spot) - 0.08))) / 2;

    private Pass Act(Spot? spot, Pass pass)
    {
        if (spot is null) return pass;
        var (kind, phase) = (spot.Subject.Kind, spot.Number * 1.7);
        var role = Cast.Of(kind);
        var t = time + phase;
        var lift = Lift(spot);
        return kind switch
        {
            "car" or "train" => pass with { ShiftY = pass.ShiftY - 1.6 * U * Math.Sin(t * 17) - 0.8 * U * Math.Sin(t * 29) },
            "boat" => pass with { Turn = 0.035 * Math.Sin(t * 1.1), ShiftY = pass.ShiftY - 5 * U * Math.Sin(t * 1.6) },
            "rocket" => pass with { ShiftX = pass.ShiftX - 1.5 * U * Math.Sin(t * 41), ShiftY = pass.ShiftY + (9 * time + 2 * Math.Sin(t * 33)) * U },
            "balloon" => pass with { Turn = 0.02 * Math.Sin(t * 0.7), ShiftX = pass.ShiftX - 10 * U * Math.Sin(t * 0.4), ShiftY = pass.ShiftY + (8 * time + 4 * Math.Sin(t * 0.8)) * U },
            "butterfly" => pass with { Squeeze = 0.28 + 0.28 * Math.Sin(t * 15), ShiftX = pass.ShiftX - 24 * U * Math.Sin(t * 1.1), ShiftY = pass.ShiftY - 16 * U * Math.Sin(t * 2.3) },
            "bird" => pass with { Stretch = 0.13 * Math.Sin(t * 7), ShiftX = pass.ShiftX - 18 * U * Math.Sin(t * 0.6), ShiftY = pass.ShiftY - 12 * U * Math.Sin(t * 7 + 1.6) },
            "jellyfish" => pass with { Stretch = 0.05 * Math.Sin(t * 2.1), Squeeze = 0.04 * Math.Sin(t * 2.1 + 1), ShiftY = pass.ShiftY - 14 * U * Math.Sin(t * 1.05) },
            "tree" or "cactus" or "vase" or "mushroom" => pass with { Swing = new(kind == "tree" ? 3.5 * U : 0.8 * U, t * 1.4, 0.004 / U, 0.003 / U) },
            "lamp" => pass,
            _ when role.Far || role.Medium == Medium.Table => pass,
            _ when spot.Subject.Pose == Pose.Run => pass with { Turn = 0.04 * Math.Sin(Math.Tau * Gait(spot)) * (spot.Turned ? -1 : 1), ShiftY = pass.ShiftY + 12 * U * lift },
            _ when spot.Subject.Pose == Pose.Fly || role.Medium is Medium.Air or Medium.Water =>
                pass with { Turn = 0.03 * Math.Sin(t * 1.2), ShiftX = pass.ShiftX - 16 * U * Math.Sin(t * 0.6), ShiftY = pass.ShiftY - 12 * U * Math.Sin(t * 1.5), Swing = role.Medium == Medium.Water ? new(5 * U, t * 5, 0.016 / U, 0) : default },
            _ => pass with { Stretch = 0.008 * Math.Sin(t * 1.9), Swing = new(1.1 * U, t * 1.3, 0, 0.006 / U) },
        };
    }
}
