namespace Rpd.Server.Providers.Studio.Sketch.Figures;

/// <summary>Where the joints of a four-legged animal are in one pose; everything drawn hangs on these.</summary>
/// <param name="Legs">Hip or shoulder down to the paw; the far pair first.</param>
internal sealed record Skeleton(Point Hip, Point Shoulder, Point Nape, IReadOnlyList<Point[]> Legs)
{
    /// <summary>Angles of the bones from straight down, forward positive, far hind, far fore, near hind, near fore.</summary>
    private static readonly double[][] Standing = [[-4, -34, 2], [10, -4, 4], [16, -30, 12], [-8, 4, 10]];
    private static readonly double[][] Running = [[-24, -74, -58], [36, 10, 28], [-46, -82, -66], [64, 50, 66]];

    /// <summary>The other end of the gallop, when hind and fore paws meet under the trunk.</summary>
    private static readonly double[][] Gathered = [[44, -8, 26], [-34, -62, -30], [58, 2, 30], [-20, -74, -40]];
    private static readonly double[] HindShare = [0.42, 0.38, 0.28];
    private static readonly double[] ForeShare = [0.46, 0.38, 0.17];

    public static Skeleton Of(Species species, Pose pose, double stride = 0)
    {
        var sitting = pose == Pose.Sit;
        var angles = pose is Pose.Run or Pose.Fly ? Running : Standing;
        var hip = sitting ? new Point(-16, -species.RumpR * 1.02) : new Point(-species.Trunk / 2, -species.Leg - species.RumpR * 0.15);
        var shoulder = sitting ? new Point(12, -species.Leg - species.Trunk * 0.36) : new Point(species.Trunk / 2, -species.Leg - species.ChestR * 0.1 - (pose == Pose.Run ? 3 : 0));
        var (sin, cos) = Math.SinCos((species.NeckAngle - (pose == Pose.Run ? 12 : 0) + (sitting ? 18 : 0)) * Math.PI / 180);
        var nape = new Point(shoulder.X + 3 + cos * species.Neck, shoulder.Y - species.ChestR * 0.45 - sin * species.Neck);
        var legs = sitting ? Seated(hip, shoulder) : Enumerable.Range(0, 4).Select(i => Chain(
            i % 2 == 0 ? new Point(hip.X + (i == 0 ? 5 : 0), hip.Y + 2) : new Point(shoulder.X - (i == 1 ? -3 : 2), shoulder.Y + 4),
            species.Leg + species.RumpR * 0.12, Stride(angles[i], i, stride), i % 2 == 0 ? HindShare : ForeShare)).ToList();
        // The trunk keeps its height through the gallop, whatever its paws do.
        var low = stride == 0 ? legs.Max(l => l[^1].Y) : -7 - Of(species, pose).Hip.Y + hip.Y;
        var lift = pose is Pose.Run ? -7 - low : sitting ? 0 : -1.5 - low;
        return new Skeleton(Move(hip, lift), Move(shoulder, lift), Move(nape, lift), legs.Select(l => l.Select(p => Move(p, lift)).ToArray()).ToList());
    }

    private static double[] Stride(double[] angles, int leg, double stride)
    {
        if (stride == 0) return angles;
        // The pairs follow each other a little, as in a real gallop.
        var share = (1 - Math.Cos(Math.Tau * (stride - (leg < 2 ? 0.09 : 0)))) / 2;
        return [.. angles.Zip(Gathered[leg], (stretched, gathered) => stretched + (gathered - stretched) * share)];
    }

    private static Point Move(Point p, double lift) => p with { Y = p.Y + lift };

    private static Point[] Chain(Point from, double length, double[] angles, double[] shares)
    {
        var joints = new Point[4];
        joints[0] = from;
        for (var i = 0; i < 3; i++)
        {
            var (sin, cos) = Math.SinCos(angles[i] * Math.PI / 180);
            joints[i + 1] = new Point(joints[i].X + sin * length * shares[i], joints[i].Y + cos * length * shares[i]);
        }
        return joints;
    }

    private static List<Point[]> Seated(Point hip, Point shoulder)
    {
        Point[] Hind(double shift) => [new(hip.X - 2 + shift, hip.Y - 3), new(hip.X + 17 + shift, -13), new(hip.X + 10 + shift, -4), new(hip.X + 24 + shift, -2)];
        Point[] Fore(double shift) => [new(shoulder.X - 1 + shift, shoulder.Y + 6), new(shoulder.X + 2 + shift, shoulder.Y * 0.52), new(shoulder.X + 5 + shift, shoulder.Y * 0.2), new(shoulder.X + 7 + shift, -3)];
        return [Hind(5), Fore(6), Hind(0), Fore(0)];
    }
}
