namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>What falls, drifts or flies between the subject and the lens.</summary>
internal static class Air
{
    public static void Paint(Canvas canvas)
    {
        var scene = canvas.Scene;
        if (scene.Ground is Ground.Room or Ground.Space or Ground.Seabed or Ground.Abstract or Ground.Portrait or Ground.Moon) return;
        if (scene.Weather == Weather.Rain || (scene.Weather == Weather.Storm && scene.Ground != Ground.Clouds)) Rain(canvas);
        if (scene.Weather == Weather.Snowing || (scene.Ground == Ground.Snow && scene.Weather == Weather.Fair && canvas.Rng.For("flakes").Chance(0.5))) Snow(canvas);
        if (scene.Weather == Weather.Fog) Fog(canvas);
        if (scene.Extras.Contains(Extra.Lightning)) Lightning(canvas);
        if (scene.Extras.Contains(Extra.Flock) || (scene.Hour is Hour.Golden or Hour.Dawn or Hour.Sunset && scene.Weather == Weather.Fair && canvas.Rng.For("birds").Chance(0.6))) Flock(canvas);
        if (scene.Extras.Contains(Extra.Petals) || scene.Flower == Flower.Blossom) Petals(canvas);
        if (scene.Extras.Contains(Extra.Fireflies)) Fireflies(canvas);
    }

    private static void Rain(Canvas canvas)
    {
        var rng = canvas.Rng.For("rain");
        var brush = canvas.Layer("rain", 0.1);
        var path = new System.Text.StringBuilder();
        for (var i = 0; i < 320; i++)
        {
            var (x, y, l) = (rng.Between(-0.1, 1.1) * canvas.Width, rng.Between(-0.05, 1) * canvas.Height, rng.Between(18, 52));
            path.Append('M').Append(Shape.Number(x)).Append(' ').Append(Shape.Number(y)).Append('l').Append(Shape.Number(-l * 0.2)).Append(' ').Append(Shape.Number(l));
        }
        brush.Line(path.ToString(), canvas.Air.Sky[3].Lighter(0.15).Fade(0.42), 1.5);
    }

    private static void Snow(Canvas canvas)
    {
        var rng = canvas.Rng.For("snowfall");
        var brush = canvas.Layer("snowfall", 0.1);
        for (var i = 0; i < 240; i++)
        {
            var r = 1.2 + 6.5 * Math.Pow(rng.Unit(), 4);
            brush.Fill(Shape.Ellipse(rng.Between(0, canvas.Width), rng.Between(0, canvas.Height), r, r), Colour.White.Fade(r > 4 ? 0.4 : 0.8));
        }
    }

    private static void Fog(Canvas canvas)
    {
        var rng = canvas.Rng.For("fog");
        for (var band = 0; band < 3; band++)
        {
            var brush = canvas.Layer("fog-" + band, 0.62 - band * 0.2);
            for (var i = 0; i < 7; i++)
                brush.Glow(rng.Between(0, canvas.Width), canvas.Horizon + 20 + band * 90 + rng.Jitter(40), rng.Between(300, 620), rng.Between(50, 120), canvas.Air.Haze.Fade(0.5 - band * 0.1));
        }
    }

    private static void Lightning(Canvas canvas)
    {
        var rng = canvas.Rng.For("lightning");
        var brush = canvas.Layer("lightning", 0.93);
        var (x, y) = (canvas.Width * rng.Between(0.25, 0.75), canvas.Horizon * 0.05);
        var bolt = new List<Point> { new(x, y) };
        while (y < canvas.Horizon - 10 && bolt.Count < 30)
        {
            (x, y) = (x + rng.Jitter(46), y + rng.Between(22, 52));
            bolt.Add(new Point(x, Math.Min(y, canvas.Horizon)));
            if (bolt.Count % 4 == 0) brush.Line($"M{Shape.Number(x)} {Shape.Number(y)}l{Shape.Number(rng.Jitter(70))} {Shape.Number(rng.Between(40, 70))}l{Shape.Number(rng.Jitter(40))} 44", new Colour(0.92, 0.06, 285, 0.8), 1.8);
        }
        var path = "M" + string.Join('L', bolt.Select(p => $"{Shape.Number(p.X)} {Shape.Number(p.Y)}"));
        brush.Glow(bolt[0].X, canvas.Horizon * 0.4, 420, 420, new Colour(0.85, 0.08, 285, 0.5));
        brush.Line(path, new Colour(0.8, 0.12, 285, 0.45), 11);
        brush.Line(path, new Colour(0.99, 0.02, 285), 3.6);
    }

    private static void Flock(Canvas canvas)
    {
        var rng = canvas.Rng.For("flock");
        var brush = canvas.Layer("flock", 0.86);
        var (cx, cy) = (canvas.Width * (0.5 - canvas.LightSide * rng.Between(0.1, 0.3)), canvas.Horizon * rng.Between(0.25, 0.5));
        var tone = canvas.Air.At(new Colour(0.25, 0.02, 270), 0.45);
        for (var i = 0; i < 9; i++)
        {
            var (x, y, s) = (cx + rng.Jitter(150), cy + rng.Jitter(60), rng.Between(7, 15));
            var lift = s * rng.Between(0.3, 0.6);
            brush.Fill($"M{Shape.Number(x - s)} {Shape.Number(y - lift)}Q{Shape.Number(x - s * 0.4)} {Shape.Number(y - lift)} {Shape.Number(x)} {Shape.Number(y)}Q{Shape.Number(x + s * 0.4)} {Shape.Number(y - lift)} {Shape.Number(x + s)} {Shape.Number(y - lift * 1.1)}Q{Shape.Number(x + s * 0.4)} {Shape.Number(y - lift * 0.4)} {Shape.Number(x)} {Shape.Number(y + s * 0.16)}Q{Shape.Number(x - s * 0.4)} {Shape.Number(y - lift * 0.4)} {Shape.Number(x - s)} {Shape.Number(y - lift)}Z", tone);
        }
    }

    private static void Petals(Canvas canvas)
    {
        var rng = canvas.Rng.For("petals");
        var brush = canvas.Layer("petals", 0.09);
        var own = canvas.Scene.Season == Season.Autumn ? new Colour(0.66, 0.16, 55) : new Colour(0.87, 0.08, 355);
        for (var i = 0; i < 60; i++)
        {
            brush.Open("petal", rng.Between(0, canvas.Width), rng.Between(0, canvas.Height), 1, 1, rng.Between(0, 360));
            var s = 4 + 8 * Math.Pow(rng.Unit(), 3);
            brush.Fill(Shape.Smooth((-s, 0), (0, -s * 0.5), (s, 0), (0, s * 0.5)), canvas.Air.At(own.Lighter(rng.Jitter(0.05)), 0.1));
            brush.Close();
        }
    }

    private static void Fireflies(Canvas canvas)
    {
        var rng = canvas.Rng.For("fireflies");
        var brush = canvas.Layer("fireflies", 0.08);
        for (var i = 0; i < 44; i++)
        {
            var (x, y, r) = (rng.Between(0, canvas.Width), rng.Between(0.3, 0.96) * canvas.Height, rng.Between(1.6, 4));
            brush.Glow(x, y, r * 8, r * 8, new Colour(0.92, 0.15, 100, 0.8));
            brush.Fill(Shape.Ellipse(x, y, r, r), new Colour(0.98, 0.08, 100));
        }
    }
}
