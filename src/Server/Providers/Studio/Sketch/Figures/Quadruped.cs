namespace Rpd.Server.Providers.Studio.Sketch.Figures;

/// <summary>Any four-legged animal: limbs along its skeleton, one shading over all, then what tells the species apart.</summary>
internal static class Quadruped
{
    public static void Paint(Figure figure, Species species)
    {
        var bones = Skeleton.Of(species, figure.Pose, figure.Stride);
        var coat = figure.Coat(species.Coat);
        var running = figure.Pose is Pose.Run or Pose.Fly;
        Tails.Paint(figure, species, bones, coat);
        figure.Shaded(coat, Leg(bones.Legs[0], species, hind: true), Leg(bones.Legs[1], species, hind: false));
        if (species.Socks is { } far) foreach (var leg in bones.Legs.Take(2)) figure.Shaded(far, Sock(leg, species));

        var trunk = figure.Pose == Pose.Sit
            ? Shape.Limb((bones.Hip.X, bones.Hip.Y, species.RumpR), (-2, (bones.Hip.Y + bones.Shoulder.Y) / 2, species.WaistR * 1.08), (bones.Shoulder.X, bones.Shoulder.Y + 4, species.ChestR * 0.86))
            : Shape.Limb((bones.Hip.X - species.RumpR * 0.15, bones.Hip.Y, species.RumpR * 0.94), (bones.Hip.X + species.Trunk * 0.32, (bones.Hip.Y + bones.Shoulder.Y) / 2 - 1, species.WaistR), (bones.Hip.X + species.Trunk * 0.72, bones.Shoulder.Y + 1, species.ChestR), (bones.Shoulder.X + 3, bones.Shoulder.Y, species.ChestR * 0.82));
        var neck = Shape.Limb((bones.Shoulder.X - 2, bones.Shoulder.Y, species.ChestR * 0.8), ((bones.Shoulder.X + bones.Nape.X) / 2, (bones.Shoulder.Y + bones.Nape.Y) / 2 - 1, species.NeckR), (bones.Nape.X, bones.Nape.Y, species.SkullR * 0.86));
        var legs = new[] { Leg(bones.Legs[2], species, hind: true), Leg(bones.Legs[3], species, hind: false) };
        var head = Heads.Outline(species, bones.Nape);
        figure.Body(coat, -100, 0, [trunk, .. legs, neck, .. species.Woolly ? Wool(figure, bones, species) : [], .. head]);
        if (species.Mane is { } mane && species.Ear == Ear.Round)
        {
            Heads.LionMane(figure, bones, figure.Tint is null ? mane : coat.Darker(0.2));
            figure.Body(coat, -100, 0, head);
        }

        if (species.Belly is { } belly) Underside(figure, species, bones, figure.Tint is null ? belly : coat.Mix(Colour.White, 0.45), running);
        if (species.Socks is { } near) foreach (var leg in bones.Legs.Skip(2)) figure.Spot(near, Sock(leg, species));
        if (species.Patches is { } patches) Spots(figure, species, bones, patches);
        Haunch(figure, species, bones, coat);
        Heads.Paint(figure, species, bones.Nape, coat, panting: running && species.Tail == Tail.Feather);
        if (species.Mane is { } hair && species.Ear != Ear.Round) Heads.Mane(figure, bones, figure.Tint is null ? hair : coat.Darker(0.2), running);
    }

    private static string Leg(Point[] joints, Species species, bool hind)
    {
        var (thigh, shin) = (species.ThighR, species.ShinR);
        var paw = joints[3];
        var toe = joints[3].X > joints[2].X - 2 ? 1 : 0.4;
        return Shape.Limb((joints[0].X, joints[0].Y, thigh * (hind ? 1.08 : 0.85)), (joints[1].X, joints[1].Y, shin + (thigh - shin) * (hind ? 0.42 : 0.3)), (joints[2].X, joints[2].Y, shin), (paw.X, paw.Y - shin * 0.1, shin * 0.92))
            + Shape.Limb((paw.X - shin * 0.2, paw.Y, shin * 0.95), (paw.X + shin * 1.3 * toe, paw.Y + shin * 0.25, shin * 0.72));
    }

    private static string Sock(Point[] joints, Species species)
    {
        var s = species.ShinR;
        var (a, b) = (joints[2], joints[3]);
        return Shape.Limb((a.X + (b.X - a.X) * 0.1, a.Y + (b.Y - a.Y) * 0.1, s * 0.96), (b.X, b.Y - s * 0.1, s * 0.95)) + Shape.Limb((b.X - s * 0.2, b.Y, s * 0.97), (b.X + s * 1.3, b.Y + s * 0.25, s * 0.74));
    }

    /// <summary>Pale fur down the throat to the chest, with a fringe.</summary>
    private static void Underside(Figure figure, Species species, Skeleton bones, Colour belly, bool running)
    {
        var s = bones.Shoulder;
        if (figure.Pose == Pose.Sit)
        {
            figure.Spot(belly.Fade(0.85), Shape.Smooth((s.X + 2, s.Y - species.ChestR * 0.7), (s.X + species.ChestR * 0.82, s.Y - 2), (s.X + species.ChestR * 0.62, s.Y + 18), (s.X + 6, s.Y + 27), (s.X - 2, s.Y + 10)));
            return;
        }
        var (r, n) = (species.ChestR, bones.Nape);
        var blown = running ? -5 : 0;
        figure.Spot(belly.Fade(0.8), Shape.Smooth(
            (n.X + species.SkullR * 0.35, n.Y + species.SkullR * 0.55), (s.X + r * 0.78, s.Y - r * 0.45), (s.X + r * 0.82, s.Y + r * 0.1), (s.X + r * 0.5 + blown * 0.3, s.Y + r * 0.62),
            (s.X + r * 0.42 + blown, s.Y + r * 1.08), (s.X + r * 0.22 + blown, s.Y + r * 0.72), (s.X + r * 0.02 + blown, s.Y + r * 1.02), (s.X + r * 0.1, s.Y + r * 0.4), (s.X + r * 0.35, s.Y - r * 0.25)));
    }

    /// <summary>A shadow line where the thigh lies on the flank and the shoulder on the chest.</summary>
    private static void Haunch(Figure figure, Species species, Skeleton bones, Colour coat)
    {
        var dark = coat.Darker(0.16).Fade(0.5);
        var (hip, knee, shoulder) = (bones.Legs[2][0], bones.Legs[2][1], bones.Legs[3][0]);
        var r = species.ThighR;
        figure.Mark(dark, Shape.Curve((hip.X + r * 0.5, hip.Y - r * 0.9), (hip.X + r * 1.15, hip.Y + r * 0.1), (knee.X + r * 0.62, knee.Y - r * 0.2)), 1);
        figure.Mark(dark, Shape.Curve((shoulder.X - r * 0.7, shoulder.Y - r * 0.6), (shoulder.X - r * 0.95, shoulder.Y + r * 0.3), (shoulder.X - r * 0.5, shoulder.Y + r)), 0.9);
    }

    private static void Spots(Figure figure, Species species, Skeleton bones, Colour patches)
    {
        foreach (var (t, up, size) in new[] { (0.1, -0.3, 0.62), (0.46, 0.15, 0.5), (0.72, -0.35, 0.58), (0.95, 0.1, 0.36) })
        {
            var (x, y, r) = (bones.Hip.X + (bones.Shoulder.X - bones.Hip.X) * t, bones.Hip.Y + species.WaistR * up, species.WaistR * size);
            figure.Spot(patches, Shape.Smooth((x - r, y), (x - r * 0.5, y - r * 0.75 + figure.Rng.Jitter(2)), (x + r * 0.4, y - r * 0.6), (x + r, y + r * 0.1), (x + r * 0.3, y + r * 0.7), (x - r * 0.5, y + r * 0.5)));
        }
    }

    private static string[] Wool(Figure figure, Skeleton bones, Species species)
    {
        var wool = "";
        for (var i = 0; i < 26; i++)
        {
            var angle = i / 26.0 * Math.Tau;
            var (x, y) = ((bones.Hip.X + bones.Shoulder.X) / 2 + Math.Cos(angle) * species.Trunk * 0.72, bones.Hip.Y + Math.Sin(angle) * species.WaistR * 0.95);
            wool += Shape.Ellipse(x, y, 7 + figure.Rng.Jitter(1.5), 6.4 + figure.Rng.Jitter(1.5));
        }
        return [wool];
    }
}
