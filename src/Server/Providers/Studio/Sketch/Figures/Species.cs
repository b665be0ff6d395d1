namespace Rpd.Server.Providers.Studio.Sketch.Figures;

internal enum Ear { Floppy, Pointed, Round, Long, Flap }

internal enum Tail { Feather, Brush, Thin, Stub, Hair, Tuft }

/// <summary>
/// The measures of a four-legged animal, in hundredths of its height: R are radii, the neck's and head's angles are degrees above the horizontal.
/// </summary>
internal sealed record Species(
    Colour Coat, double Leg, double Trunk, double ChestR, double WaistR, double RumpR,
    double Neck, double NeckAngle, double NeckR, double SkullR, double Muzzle, double MuzzleR, double HeadAngle,
    double ThighR, double ShinR, Ear Ear, Tail Tail,
    Colour? Belly = null, Colour? Socks = null, Colour? Mane = null, Colour? Patches = null, bool Antlers = false, bool Horns = false, bool Trunked = false, bool Woolly = false)
{
    public static readonly Species Dog = new(new(0.63, 0.14, 60), 46, 68, 19, 15, 17, 20, 52, 12, 12.5, 17, 6.2, -8, 11.5, 5, Ear.Floppy, Tail.Feather, Belly: new(0.80, 0.11, 76));
    public static readonly Species Cat = new(new(0.62, 0.07, 60), 38, 62, 14, 13.5, 15, 11, 52, 11, 16, 5, 7.5, -6, 10, 4.6, Ear.Pointed, Tail.Thin, Belly: new(0.9, 0.03, 75));
    public static readonly Species Fox = new(new(0.62, 0.165, 48), 40, 64, 15, 12, 13.5, 15, 42, 10.5, 11.5, 18, 4, -10, 9.5, 3.9, Ear.Pointed, Tail.Brush, Belly: new(0.94, 0.02, 70), Socks: new(0.25, 0.03, 40));
    public static readonly Species Wolf = new(new(0.50, 0.02, 260), 47, 68, 19, 15, 16, 18, 38, 13.5, 12.5, 18, 5.4, -10, 11, 4.8, Ear.Pointed, Tail.Brush, Belly: new(0.78, 0.015, 80));
    public static readonly Species Horse = new(new(0.45, 0.085, 48), 51, 62, 17, 15.5, 17, 32, 52, 11.5, 9, 23, 5, -38, 11.5, 3.9, Ear.Pointed, Tail.Hair, Mane: new(0.24, 0.035, 45), Socks: new(0.9, 0.015, 80));
    public static readonly Species Deer = new(new(0.56, 0.09, 55), 47, 52, 14, 12, 13, 24, 60, 8.5, 8, 14, 4.2, -22, 9, 3, Ear.Long, Tail.Stub, Belly: new(0.86, 0.03, 75), Antlers: true);
    public static readonly Species Cow = new(new(0.94, 0.012, 80), 43, 82, 23, 23, 22, 15, 28, 16, 12.5, 19, 8.2, -24, 12.5, 5.6, Ear.Floppy, Tail.Tuft, Patches: new(0.25, 0.02, 50), Horns: true);
    public static readonly Species Sheep = new(new(0.94, 0.02, 85), 34, 60, 23, 23, 23, 11, 38, 13, 9.5, 13, 6, -22, 8.5, 4.2, Ear.Floppy, Tail.Stub, Socks: new(0.3, 0.015, 50), Woolly: true);
    public static readonly Species Lion = new(new(0.71, 0.115, 70), 41, 76, 18.5, 16, 17, 15, 36, 15, 14, 12, 8, -8, 12, 5.6, Ear.Round, Tail.Tuft, Mane: new(0.46, 0.10, 50));
    public static readonly Species Bear = new(new(0.38, 0.06, 52), 39, 72, 26, 26, 26, 14, 22, 20, 15.5, 12.5, 7.6, -8, 16, 9.5, Ear.Round, Tail.Stub);
    public static readonly Species Elephant = new(new(0.58, 0.015, 265), 48, 66, 27, 27, 25, 12, 22, 19, 17, 8, 9, -30, 15, 8.8, Ear.Flap, Tail.Tuft, Trunked: true);
    public static readonly Species Rabbit = new(new(0.68, 0.05, 65), 27, 46, 14, 16, 20, 9, 52, 11, 13.5, 6.5, 7, -8, 12, 4.4, Ear.Long, Tail.Stub, Belly: new(0.94, 0.015, 80));
}
