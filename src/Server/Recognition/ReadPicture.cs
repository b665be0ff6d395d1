using System.Globalization;
using Rpd.Server.Media;
using Rpd.Shared;

namespace Rpd.Server.Recognition;

/// <summary>A picture as pixels: upright, in sRGB, without transparency, eight bits a colour.</summary>
/// <param name="Rgb">Rows of red, green, blue; <paramref name="Width"/> × <paramref name="Height"/> × 3 bytes, perhaps a smaller copy.</param>
/// <param name="FullWidth">Of the picture itself, as it is shown.</param>
public sealed record Picture(byte[] Rgb, int Width, int Height, int FullWidth, int FullHeight);

/// <summary>
/// Turns a file that a stranger has sent into <see cref="Picture"/>. What it is and how large it will be is known before anything decodes it; that a child does,
/// which has a limit of memory and of time, is told not to use what was never meant for strangers' files, and takes the first frame of what moves.
/// </summary>
public sealed class ReadPicture(Tools tools, RecognitionOptions options)
{
    /// <param name="sideMax">Pixels of the longer side that will do.</param>
    public async Task<Outcome<Picture>> Run(ReadOnlyMemory<byte> file, int sideMax, CancellationToken cancel)
    {
        if (file.Length == 0) return Wrong("The picture is empty.");
        if (file.Length > options.BytesMax) return new Refusal("PAYLOAD_TOO_LARGE", 413, string.Create(CultureInfo.InvariantCulture, $"A picture may have {options.BytesMax / 1e6:0.#} MB; this one has {file.Length / 1e6:0.#} MB."));
        var kind = FileKind.Of(file.Span[..Math.Min(file.Length, FileKind.HeadBytes)]);
        if (kind?.StartsWith("image/", StringComparison.Ordinal) != true) return Wrong("This is no picture of a kind that is read here. Send PNG, JPEG, WebP or GIF.");
        if (PictureSize.Of(file.Span) is not (var width, var height)) return Damaged;
        if (width > Probe.SidePixelsMax || height > Probe.SidePixelsMax || (long)width * height > options.MegapixelsMax * 1_000_000L)
            return Wrong($"The picture is too large: {width} × {height} pixels. At most {Probe.SidePixelsMax} a side and {options.MegapixelsMax} megapixels are read here.");
        return await Decode(file, kind, (width, height), sideMax, cancel);
    }

    private async Task<Outcome<Picture>> Decode(ReadOnlyMemory<byte> file, string kind, (int Width, int Height) stored, int sideMax, CancellationToken cancel)
    {
        var side = Math.Min(sideMax, Math.Max(stored.Width, stored.Height));
        ToolResult result;
        try
        {
            result = await tools.VipsThumbnail.Run(
                [kind == "image/gif" ? "stdin" : "stdin[fail_on=truncated]", "--size", $"{side}x{side}>", "--rotate", "-o", ".ppm[background=255]"],
                Probe.Guarded(options.PictureSeconds, side * side * 6 + 1024) with { Write = (pipe, within) => pipe.WriteAsync(file, within).AsTask() }, cancel);
        }
        catch (ToolMissing missing)
        {
            return new Refusal("PROVIDER_UNAVAILABLE", 503, missing.Message);
        }
        catch (TimeoutException)
        {
            return Wrong("The picture takes too long to read.");
        }
        if (result.ExitCode != 0) return Damaged;
        var (rgb, width, height) = Pixmap.Read(result.Out);
        // What lies on its side in the file stands up now.
        var turned = width != height && width > height != stored.Width > stored.Height;
        return turned ? new Picture(rgb, width, height, stored.Height, stored.Width) : new Picture(rgb, width, height, stored.Width, stored.Height);
    }

    private static Refusal Damaged => Wrong("The picture is damaged or incomplete.");

    private static Refusal Wrong(string why) => Refusal.Invalid("file", why);
}
