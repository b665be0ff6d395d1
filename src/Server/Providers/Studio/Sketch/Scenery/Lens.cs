namespace Rpd.Server.Providers.Studio.Sketch.Scenery;

/// <summary>What lies over the finished picture: flare, vignette, grain or paper, and film's black bars.</summary>
internal static class Lens
{
    public static void Paint(Canvas canvas)
    {
        var look = canvas.Look;
        var (w, h) = (canvas.Width, canvas.Height);
        var brush = canvas.Layer("lens", 0);
        var sunny = canvas.Scene.Hour is Hour.Golden or Hour.Sunset or Hour.Dawn && canvas.Scene.Weather is Weather.Fair or Weather.Clear
            && canvas.Scene.Ground is not (Ground.Room or Ground.Seabed or Ground.Space or Ground.Moon or Ground.Abstract or Ground.Portrait);
        if (sunny) brush.Soft(Shape.Ellipse(canvas.Sun.X, canvas.Sun.Y, 1100, 1000), canvas.Defs.Round(canvas.Air.Sun.Fade(0.34), canvas.Air.Sun.Fade(0.2), canvas.Air.Sun.Fade(0.07), canvas.Air.Sun.Fade(0)));
        if (look.Vignette > 0)
            brush.Soft(Shape.Rectangle(-w * 0.21, -h * 0.21, w * 1.42, h * 1.42), canvas.Defs.Round(Colour.Black.Fade(0), Colour.Black.Fade(0), Colour.Black.Fade(look.Vignette * 0.22), Colour.Black.Fade(look.Vignette * 0.95)));
        if (look.Paper && look.SoftLight) Deckle(canvas, brush);
        if (look.Grain > 0) brush.Soft(Shape.Rectangle(0, 0, w, h), new Paint("url(#grain)", 1, Colour.Black));
        if (look.Letterbox && w >= h)
        {
            var bar = h * (w / h > 1.6 ? 0.06 : 0.085);
            brush.Fill(Shape.Rectangle(-5, -5, w + 10, bar + 5) + Shape.Rectangle(-5, h - bar, w + 10, bar + 5), new Colour(0.02, 0, 0));
        }
    }

    public static string Patterns(Canvas canvas) =>
        canvas.Look.Grain > 0 ? Grain.Pattern(canvas.Defs.Pixel, canvas.Look.Grain, coarse: canvas.Look.Paper || canvas.Look.Style == Style.Oil) : "";

    /// <summary>Unpainted paper showing at the edges.</summary>
    private static void Deckle(Canvas canvas, Brush brush)
    {
        var rng = canvas.Rng.For("deckle");
        var inner = new List<Point>();
        const int steps = 26;
        void Side(double x1, double y1, double x2, double y2)
        {
            for (var i = 0; i < steps; i++)
                inner.Add(new Point(x1 + (x2 - x1) * i / steps + rng.Jitter(9), y1 + (y2 - y1) * i / steps + rng.Jitter(9)));
        }
        var (w, h) = (canvas.Width, canvas.Height);
        Side(26, 26, 26, h - 26);
        Side(26, h - 26, w - 26, h - 26);
        Side(w - 26, h - 26, w - 26, 26);
        Side(w - 26, 26, 26, 26);
        brush.Soft(Shape.Rectangle(-5, -5, w + 10, h + 10) + Shape.Smooth(inner, closed: true), new Paint("#f8f5ec", 0.96, Colour.White));
    }
}
