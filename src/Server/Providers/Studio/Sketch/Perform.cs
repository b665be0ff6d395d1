namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>Puts the subjects on their spots, each a layer of its own, with the shadow that ties it to the ground.</summary>
internal static class Perform
{
    public static void All(Canvas canvas, IReadOnlyList<Spot> spots)
    {
        foreach (var spot in spots)
        {
            var role = Cast.Of(spot.Subject.Kind);
            if (Grounded(canvas, role)) Shadow(canvas, canvas.Layer(spot.Subject.Kind + "-shadow", spot.Depth), spot);
            var brush = canvas.Layer(spot.Subject.Kind, spot.Depth);
            if (role.Medium == Medium.Water && canvas.Scene.Ground is Ground.Sea or Ground.Lake or Ground.Beach) Wake(canvas, brush, spot);
            Draw(canvas, brush, spot, role);
        }
        Rider(canvas, spots);
    }

    private static bool Grounded(Canvas canvas, Role role) =>
        canvas.Scene.Ground == Ground.Room || (role.Medium is Medium.Land or Medium.Table && canvas.Scene.Ground is not (Ground.Space or Ground.Clouds));

    private static void Draw(Canvas canvas, Brush brush, Spot spot, Role role)
    {
        var scale = spot.Height / 100;
        var side = spot.Turned ? -1 : 1;
        var rng = canvas.Rng.For(role.Kind + spot.Number);
        var tilt = role.Medium == Medium.Air || canvas.Scene.Ground is Ground.Space ? rng.Jitter(8) : 0;
        brush.Open(role.Kind + "-figure", spot.X, spot.Y, scale * side, scale, tilt);
        role.Paint(new Figure(brush, rng, spot.Subject.Tint, spot.Subject.Pose, canvas.LightSide * side, canvas.Air, spot.Depth * 0.8, canvas.Stride));
        brush.Close();
    }

    private static void Rider(Canvas canvas, IReadOnlyList<Spot> spots)
    {
        var rider = canvas.Scene.Subjects.FirstOrDefault(s => s.Pose == Pose.Ride);
        var mount = spots.FirstOrDefault(s => Cast.Of(s.Subject.Kind).Saddle > 0);
        if (rider is null || mount is null) return;
        var role = Cast.Of(rider.Kind);
        var lifted = mount with
        {
            Subject = rider,
            X = mount.X - (mount.Turned ? -1 : 1) * mount.Height * 0.03,
            Y = mount.Y - mount.Height * Cast.Of(mount.Subject.Kind).Saddle / 100 + mount.Height * 0.28,
            Height = mount.Height * 0.78,
            Number = spots.Count,
        };
        Draw(canvas, canvas.Layer(rider.Kind, mount.Depth), lifted, role);
    }

    private static void Shadow(Canvas canvas, Brush brush, Spot spot)
    {
        var reach = spot.HalfWidth * 0.95;
        var stretch = canvas.Scene.Ground == Ground.Room ? 0.25 : Math.Clamp(0.55 - canvas.Air.SunHeight, 0, 0.45);
        var dark = new Colour(0.12, 0.03, 270);
        brush.Glow(spot.X - canvas.LightSide * reach * stretch, spot.Y + reach * 0.02, reach * (1.1 + stretch), reach * 0.17, dark.Fade(canvas.Air.Dark ? 0.5 : 0.42));
        brush.Glow(spot.X, spot.Y, reach * 0.9, reach * 0.09, dark.Fade(0.5));
    }

    private static void Wake(Canvas canvas, Brush brush, Spot spot)
    {
        var mirror = canvas.Air.At(new Colour(0.25, 0.05, 240), 0.2);
        brush.Glow(spot.X, spot.Y + spot.Height * 0.14, spot.HalfWidth * 0.85, spot.Height * 0.2, mirror.Fade(0.6));
        for (var i = -2; i <= 2; i++)
            brush.Line(Shape.Curve((spot.X - spot.HalfWidth * 0.9 + i * 9, spot.Y + 6 + i * 5), (spot.X + i * 14, spot.Y + 9 + i * 5), (spot.X + spot.HalfWidth * 0.9 + i * 11, spot.Y + 6 + i * 5)),
                canvas.Air.Sky[3].Lighter(0.04).Fade(0.4), 2.4);
    }
}
