namespace Rpd.Server.Providers.Studio.Sketch.Figures;

internal static class Tails
{
    public static void Paint(Figure figure, Species species, Skeleton bones, Colour coat)
    {
        var (x, y) = (bones.Hip.X - species.RumpR * 0.8, bones.Hip.Y - species.RumpR * 0.35);
        var running = figure.Pose is Pose.Run or Pose.Fly;
        switch (species.Tail)
        {
            case Tail.Feather:
                var spine = running ? new (double X, double Y)[] { (x + 3, y), (x - 12, y - 7), (x - 26, y - 6), (x - 37, y - 11) } : [(x + 3, y), (x - 10, y - 4), (x - 19, y - 16), (x - 22, y - 28)];
                figure.Body(coat, -100, 0, Shape.Limb([.. spine.Select((p, i) => (p.X, p.Y, new[] { 4.0, 4.4, 4, 1.2 }[i]))]), Fringe(spine, running));
                break;
            case Tail.Brush:
                (double X, double Y, double R)[] brush = figure.Pose == Pose.Sit ? [(x + 6, -6, 4), (x - 12, -8, 8), (x - 22, -18, 8), (x - 26, -30, 1)]
                    : running ? [(x + 4, y, 3.4), (x - 16, y - 1, 8), (x - 34, y + 2, 8.4), (x - 50, y - 2, 1)] : [(x + 4, y, 3.4), (x - 13, y + 6, 7.6), (x - 28, y + 18, 8.2), (x - 42, y + 24, 1)];
                figure.Body(coat, -100, 0, Shape.Limb(brush));
                if (species.Belly is { } pale)
                    figure.Spot(pale, Shape.Limb((brush[2].X + (brush[3].X - brush[2].X) * 0.35, brush[2].Y + (brush[3].Y - brush[2].Y) * 0.35, 6), (brush[2].X + (brush[3].X - brush[2].X) * 0.7, brush[2].Y + (brush[3].Y - brush[2].Y) * 0.7, 4), (brush[3].X, brush[3].Y, 0.9)));
                break;
            case Tail.Thin:
                figure.Body(coat, -100, 0, figure.Pose == Pose.Sit
                    ? Shape.Limb((x + 6, -6, 4), (x - 12, -4, 3.8), (x - 22, -14, 3.6), (x - 18, -30, 3.4), (x - 25, -42, 2.4))
                    : Shape.Limb((x + 5, y, 4), (x - 13, y - 3, 3.6), (x - 25, y - 16, 3.4), (x - 28, y - 34, 3), (x - 20, y - 43, 2.2)));
                break;
            case Tail.Stub:
                figure.Body(coat.Lighter(0.08), -100, 0, Shape.Ellipse(x + 1, figure.Pose == Pose.Sit ? -10 : y + 1, 5.4, 5));
                break;
            case Tail.Hair:
                var path = "";
                for (var i = 0; i < 7; i++)
                {
                    var (dx, dy) = running ? (-32 - figure.Rng.Unit() * 12, -4 + i * 4.5) : (-11 - i * 1.4, 40 + figure.Rng.Jitter(6));
                    path += Shape.Limb((x + 4, y - 1 + i * 0.4, 2.6), (x - 7 + dx * 0.3, y + dy * 0.3 - 4, 3.2), (x + dx * 0.8, y + dy * 0.75, 2.6), (x + dx, y + dy, 0.6));
                }
                figure.Body(figure.Tint is null ? species.Mane ?? coat : coat.Darker(0.2), -100, 0, path);
                break;
            case Tail.Tuft:
                figure.Mark(coat.Darker(0.06), Shape.Curve((x + 4, y), (x - 9, y + 4), (x - 13, y + 22), (x - 10, y + 34)), 2.6);
                figure.Spot(species.Mane ?? new Colour(0.28, 0.02, 50), Shape.Limb((x - 10, y + 32, 2.4), (x - 10, y + 40, 3.2), (x - 11, y + 46, 0.6)));
                break;
            default: throw new ArgumentOutOfRangeException(nameof(species));
        }
    }

    /// <summary>The long hair under a retriever's tail.</summary>
    private static string Fringe((double X, double Y)[] spine, bool running)
    {
        var path = "";
        for (var i = 1; i < 14; i++)
        {
            var t = i / 14.0 * 2.6;
            var (a, b) = (spine[(int)t], spine[(int)t + 1]);
            var (x, y) = (a.X + (b.X - a.X) * (t - (int)t), a.Y + (b.Y - a.Y) * (t - (int)t));
            var fall = 12 * Math.Sin(Math.PI * (0.2 + t / 3.4));
            path += running ? Shape.Limb((x, y, 2.4), (x - 5, y + fall * 0.6, 2), (x - 11, y + fall, 0.4)) : Shape.Limb((x, y, 2.4), (x - fall * 0.5, y + 3, 2), (x - fall, y + 9, 0.4));
        }
        return path;
    }
}
