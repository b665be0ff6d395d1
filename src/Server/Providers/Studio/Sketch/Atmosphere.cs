namespace Rpd.Server.Providers.Studio.Sketch;

/// <summary>
/// Light and air of one hour and weather. Every painter asks it what a colour looks like there, which is what keeps a picture in one key.
/// </summary>
/// <param name="Sky">Four colours from the zenith down to the horizon.</param>
/// <param name="Sun">Colour of direct light (of the moon at night).</param>
/// <param name="Tint">How much everything takes on of the light's colour, 0–1.</param>
/// <param name="Level">Brightness of lit things, 0–1.</param>
/// <param name="Mist">How quickly distance fades, 0.5 clear to 1.6 fog.</param>
/// <param name="SunHeight">Above the horizon in parts of the sky, 0 on it, 1 at the top; also says how long shadows are.</param>
internal sealed record Atmosphere(IReadOnlyList<Colour> Sky, Colour Sun, double Tint, double Level, double Mist, double SunHeight)
{
    public Colour Haze => Sky[2].Mix(Sky[3], 0.6);

    public bool Dark => Level < 0.55;

    /// <param name="depth">0 at the lens, 1 where land meets sky.</param>
    public Colour At(Colour own, double depth)
    {
        var lit = new Colour(own.L * Level, own.C * (0.55 + 0.45 * Level), own.H, own.A).Mix(Sun with { L = own.L * Level, A = own.A }, Tint);
        return lit.Mix(Haze with { A = own.A }, Math.Clamp(Math.Pow(depth, 1.7) * 0.82 * Mist, 0, 0.94));
    }

    /// <summary>Hard white light out of a black sky.</summary>
    public static Atmosphere None => new([new(0.10, 0.05, 275), new(0.14, 0.05, 275), new(0.18, 0.05, 275), new(0.22, 0.05, 275)], new(0.98, 0.02, 90), 0.03, 0.97, 0.1, 0.6);

    public static Atmosphere Of(Hour hour, Weather weather, Rng rng)
    {
        var air = Clear(hour);
        var turn = rng.Jitter(9);
        air = air with { Sky = air.Sky.Select(c => c.Turn(turn)).ToList(), SunHeight = air.SunHeight * rng.Between(0.8, 1.15) };
        return weather switch
        {
            Weather.Fog => air with { Sky = Greyed(air, 0.6, 0.10), Mist = 1.55, Tint = air.Tint * 0.6 },
            Weather.Storm => air with { Sky = Greyed(air, 0.72, -0.24), Level = air.Level * 0.74, Mist = 1.0, Tint = 0.05 },
            Weather.Rain => air with { Sky = Greyed(air, 0.7, -0.13), Level = air.Level * 0.84, Mist = 1.2, Tint = air.Tint * 0.5 },
            Weather.Snowing => air with { Sky = Greyed(air, 0.6, 0), Level = air.Level * 0.95, Mist = 1.25, Tint = air.Tint * 0.5 },
            Weather.Cloudy => air with { Sky = Greyed(air, 0.35, -0.03), Level = air.Level * 0.95 },
            _ => air,
        };
    }

    private static List<Colour> Greyed(Atmosphere air, double share, double lighter) =>
        air.Sky.Select(c => c.Mix(new Colour(c.L, 0.018, 245), share).Lighter(lighter * (0.4 + c.L))).ToList();

    private static Atmosphere Clear(Hour hour) => hour switch
    {
        Hour.Day => new([new(0.58, 0.135, 252), new(0.70, 0.115, 242), new(0.82, 0.075, 230), new(0.93, 0.035, 215)], new(0.97, 0.05, 95), 0.05, 1, 0.85, 0.62),
        Hour.Dawn => new([new(0.52, 0.085, 272), new(0.68, 0.085, 318), new(0.82, 0.09, 25), new(0.93, 0.075, 72)], new(0.92, 0.09, 55), 0.14, 0.9, 1.1, 0.13),
        Hour.Golden => new([new(0.55, 0.085, 250), new(0.72, 0.06, 235), new(0.86, 0.10, 82), new(0.93, 0.125, 88)], new(0.93, 0.14, 82), 0.20, 0.95, 0.95, 0.26),
        Hour.Sunset => new([new(0.34, 0.11, 285), new(0.50, 0.16, 335), new(0.70, 0.175, 40), new(0.87, 0.15, 78)], new(0.88, 0.16, 60), 0.24, 0.78, 1.0, 0.10),
        Hour.Dusk => new([new(0.24, 0.085, 275), new(0.38, 0.11, 290), new(0.56, 0.115, 335), new(0.74, 0.12, 45)], new(0.75, 0.09, 320), 0.10, 0.62, 1.0, 0.04),
        Hour.Night => new([new(0.13, 0.05, 272), new(0.20, 0.07, 268), new(0.29, 0.08, 262), new(0.41, 0.08, 248)], new(0.86, 0.04, 235), 0.26, 0.53, 0.85, 0.7),
        _ => throw new ArgumentOutOfRangeException(nameof(hour)),
    };
}
