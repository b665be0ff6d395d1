using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio.Looks;

/// <summary>Effects by name, over a picture or every frame of a video.</summary>
internal sealed class Effects
{
    private static readonly string[] Airborne = ["snow", "rain", "sparkles", "petals", "fireflies", "bubbles"];

    public static readonly IReadOnlyList<string> Names = ["glitch", "vhs", "old film", "bloom", "kaleidoscope", "mirror", "ripple", "swirl", "tiny planet", "thermal", "night vision", "tilt shift", .. Airborne];

    private readonly string _name;
    private readonly double _strength;
    private readonly Particles _particles;

    public Effects(string name, double strength, Rng rng)
    {
        (_name, _strength) = (name, strength);
        _particles = new(Airborne.Contains(name) ? name : "none", rng);
    }

    public static string? Said(string? text) => string.IsNullOrWhiteSpace(text) ? null : Names.FirstOrDefault(name => text.Contains(name, StringComparison.OrdinalIgnoreCase));

    public void Paint(Raster source, Raster target, double time)
    {
        switch (_name)
        {
            case "glitch": Glitch(source, target, time); break;
            case "vhs": Tape(source, target, time); break;
            case "old film": OldFilm(source, target, time); break;
            case "bloom": Bloom(source, target); break;
            case "kaleidoscope": Warps.Paint(source, target, Warps.Kaleidoscope(source, time)); break;
            case "mirror": Warps.Paint(source, target, Warps.Mirror(source)); break;
            case "ripple": Warps.Paint(source, target, Warps.Ripple(source, time, _strength)); break;
            case "swirl": Warps.Paint(source, target, Warps.Swirl(source, time, _strength)); break;
            case "tiny planet": Warps.Paint(source, target, Warps.Planet(source, time)); break;
            case "thermal": Pixels.Map(source, target, (r, g, b) => Heat(0.3 * r + 0.59 * g + 0.11 * b, (r, g, b))); break;
            case "night vision": NightVision(source, target, time); break;
            case "tilt shift": TiltShift(source, target); break;
            default:
                source.Pixels.CopyTo(target.Pixels.AsSpan());
                _particles.Paint(target, time, 0.25 + 0.75 * _strength);
                break;
        }
    }

    private void Glitch(Raster source, Raster target, double time)
    {
        var beat = (int)(time * 8);
        var wild = Pixels.Noise(beat, 1, 7) > 0.3 ? _strength : _strength * 0.25;
        Rows.All(source.Height, y =>
        {
            var band = y * 26 / source.Height;
            var torn = Pixels.Noise(band, beat, 11) > 0.72 ? (Pixels.Noise(band, beat, 13) - 0.5) * 0.16 * wild * source.Width : 0;
            var split = (int)(0.012 * wild * source.Width) + 1;
            for (var x = 0; x < source.Width; x++)
            {
                uint At(double shift) => source.Pixels[y * source.Width + Raster.Fold(x + (int)(torn + shift), source.Width)];
                target.Pixels[y * source.Width + x] = 0xFF000000 | (At(split) & 0xFF) | (At(0) & 0xFF00) | (At(-split) & 0xFF0000);
            }
        });
    }

    private void Tape(Raster source, Raster target, double time)
    {
        var unit = source.Width / 640.0;
        var tracking = 1 - time * 0.23 % 1.2;
        Rows.All(source.Height, y =>
        {
            var near = Math.Exp(-Math.Pow(((double)y / source.Height - tracking) * 22, 2));
            var shake = (1.2 * Math.Sin(y * 0.09 + time * 21) + 26 * near * (Pixels.Noise(y, (int)(time * 24), 2) - 0.5)) * unit * _strength;
            var line = 1 - 0.13 * _strength * (y / Math.Max(1, (int)(source.Height / 360.0)) % 2);
            for (var x = 0; x < source.Width; x++)
            {
                uint At(double shift) => Raster.Pack(source.Mirrored((int)((x + shake + shift) * 65536), y << 16));
                var (a, b) = (At(0), At(4 * unit * _strength));
                var noise = (Pixels.Noise(x, y, (int)(time * 24)) - 0.5) * 0.13 * _strength + 0.5 * near * (Pixels.Noise(x / 6, y, (int)(time * 24) + 1) > 0.8 ? 1 : 0);
                target.Pixels[y * source.Width + x] = Pixels.Of(((b & 255) / 255.0 * 0.95 + 0.04 + noise) * line, (((a >> 8) & 255) / 255.0 * 0.95 + 0.03 + noise) * line, (((At(-3 * unit) >> 16) & 255) / 255.0 * 0.98 + 0.05 + noise) * line);
            }
        });
    }

    private void OldFilm(Raster source, Raster target, double time)
    {
        var frame = (int)(time * 18);
        var (weave, flicker) = ((Pixels.Noise(frame, 0, 3) - 0.5) * source.Height * 0.008 * _strength, 1 + (Pixels.Noise(frame, 1, 3) - 0.5) * 0.16 * _strength);
        var scratch = Pixels.Noise(frame / 5, 2, 3) * source.Width;
        Rows.All(source.Height, y =>
        {
            for (var x = 0; x < source.Width; x++)
            {
                var p = Raster.Pack(source.Mirrored(x << 16, (int)((y + weave) * 65536)));
                var (dx, dy) = ((x - source.Width / 2.0) / source.Width, (y - source.Height / 2.0) / source.Height);
                var tone = Pixels.Smooth(0.02, 0.95, Pixels.Luma(p)) * flicker * (1 - 1.4 * _strength * (dx * dx + dy * dy)) + (Pixels.Noise(x, y, frame) - 0.5) * 0.14 * _strength;
                if (Math.Abs(x - scratch) < 1 && Pixels.Noise(y / 40, frame, 5) > 0.3) tone += 0.25 * _strength;
                if (Pixels.Noise(x / 5, y / 5, frame + 100) > 0.9997) tone = 0.05;
                target.Pixels[y * source.Width + x] = Pixels.Of(tone * 1.04, tone * 0.96, tone * 0.80);
            }
        });
    }

    private void Bloom(Raster source, Raster target)
    {
        var bright = new Raster(source.Width, source.Height);
        Pixels.Map(source, bright, (r, g, b) =>
        {
            var over = Pixels.Smooth(0.45, 0.95, Math.Max(r, Math.Max(g, b)));
            return (r * over, g * over, b * over);
        });
        var glow = Pixels.Blur(bright, Math.Min(source.Width, source.Height) * 0.03);
        Rows.All(source.Height, y =>
        {
            for (var at = y * source.Width; at < (y + 1) * source.Width; at++)
            {
                var (p, halo) = (source.Pixels[at], glow.Pixels[at]);
                double Screen(int bits) => 1 - (1 - ((p >> bits) & 255) / 255.0) * (1 - 0.85 * _strength * ((halo >> bits) & 255) / 255.0);
                target.Pixels[at] = Pixels.Of(Screen(0), Screen(8), Screen(16));
            }
        });
    }

    private void NightVision(Raster source, Raster target, double time) => Rows.All(source.Height, y =>
    {
        for (var x = 0; x < source.Width; x++)
        {
            var at = y * source.Width + x;
            var (dx, dy) = ((x - source.Width / 2.0) / source.Height, (y - source.Height / 2.0) / source.Height);
            var tube = 1 - Pixels.Smooth(0.42, 0.62, Math.Sqrt(dx * dx * 0.5 + dy * dy)) * _strength;
            var light = (Math.Pow(Pixels.Luma(source.Pixels[at]), 0.7) + (Pixels.Noise(x, y, (int)(time * 24)) - 0.5) * 0.2 * _strength) * tube * (y % 3 == 0 ? 0.86 : 1);
            target.Pixels[at] = Pixels.Of(light * 0.18, light, light * 0.3);
        }
    });

    private void TiltShift(Raster source, Raster target)
    {
        var soft = Pixels.Blur(source, Math.Min(source.Width, source.Height) * 0.014 * (0.3 + _strength));
        Rows.All(source.Height, y =>
        {
            var share = (int)(256 * Pixels.Smooth(0.08, 0.34, Math.Abs((double)y / source.Height - 0.56)));
            for (var at = y * source.Width; at < (y + 1) * source.Width; at++)
            {
                var p = Raster.Mix(source.Pixels[at], soft.Pixels[at], share);
                var grey = Pixels.Luma(p);
                double Vivid(int bits) => Pixels.Smooth(-0.08, 1.06, grey + (((p >> bits) & 255) / 255.0 - grey) * (1 + 0.45 * _strength));
                target.Pixels[at] = Pixels.Of(Vivid(0), Vivid(8), Vivid(16));
            }
        });
    }

    private (double, double, double) Heat(double light, (double R, double G, double B) own)
    {
        (double R, double G, double B)[] scale = [(0.02, 0.0, 0.12), (0.22, 0.03, 0.5), (0.72, 0.08, 0.45), (0.96, 0.4, 0.1), (1, 0.85, 0.2), (1, 1, 0.9)];
        var at = Math.Clamp(light, 0, 0.999) * (scale.Length - 1);
        var (from, to, share) = (scale[(int)at], scale[(int)at + 1], at - (int)at);
        double Part(double a, double b, double was) => was + (a + (b - a) * share - was) * _strength;
        return (Part(from.R, to.R, own.R), Part(from.G, to.G, own.G), Part(from.B, to.B, own.B));
    }
}
