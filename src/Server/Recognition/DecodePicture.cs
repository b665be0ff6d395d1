using System.Globalization;
using Rpd.Server.Media;
using Rpd.Shared;

namespace Rpd.Server.Recognition;

/// <summary>What a decoder has made of a file, and how large the picture is in it, before any turning.</summary>
public sealed record Decoded(byte[] Bytes, int StoredWidth, int StoredHeight);

/// <summary>
/// Turns a file that a stranger has sent into one of our own: upright, in sRGB, without transparency or metadata. What it is and how large it will be is known
/// before anything decodes it; that a child does, which has a limit of memory and of time, is told not to use what was never meant for strangers' files, and
/// takes the first frame of what moves.
/// </summary>
public sealed class DecodePicture(Tools tools, RecognitionOptions options)
{
    public const string Pixels = ".ppm[background=255]", Jpeg = ".jpg[Q=85,strip,background=255]";

    /// <param name="sideMax">Pixels of the longer side that will do.</param>
    /// <param name="kind"><see cref="Pixels"/> or <see cref="Jpeg"/>.</param>
    public Task<Outcome<Decoded>> Run(ReadOnlyMemory<byte> file, int sideMax, string kind, CancellationToken cancel) =>
        Run(file, (width, height) => Math.Min(sideMax, Math.Max(width, height)), side => $"{side}x{side}>", kind, cancel);

    /// <summary>As pixels of a square, whatever shape the picture has.</summary>
    public Task<Outcome<Decoded>> Square(ReadOnlyMemory<byte> file, int side, CancellationToken cancel) => Run(file, (_, _) => side, side => $"{side}x{side}!", Pixels, cancel);

    private async Task<Outcome<Decoded>> Run(ReadOnlyMemory<byte> file, Func<int, int, int> sideOf, Func<int, string> size, string kind, CancellationToken cancel)
    {
        if (file.Length == 0) return Wrong("The picture is empty.");
        if (file.Length > options.BytesMax) return new Refusal("PAYLOAD_TOO_LARGE", 413, string.Create(CultureInfo.InvariantCulture, $"A picture may have {options.BytesMax / 1e6:0.#} MB; this one has {file.Length / 1e6:0.#} MB."));
        var type = FileKind.Of(file.Span[..Math.Min(file.Length, FileKind.HeadBytes)]);
        if (type?.StartsWith("image/", StringComparison.Ordinal) != true) return Wrong("This is no picture of a kind that is read here. Send PNG, JPEG, WebP or GIF.");
        if (PictureSize.Of(file.Span) is not (var width, var height)) return Damaged;
        if (width > Probe.SidePixelsMax || height > Probe.SidePixelsMax || (long)width * height > options.MegapixelsMax * 1_000_000L)
            return Wrong($"The picture is too large: {width} × {height} pixels. At most {Probe.SidePixelsMax} a side and {options.MegapixelsMax} megapixels are read here.");
        var side = sideOf(width, height);
        try
        {
            var result = await tools.VipsThumbnail.Run(
                [type == "image/gif" ? "stdin" : "stdin[fail_on=truncated]", "--size", size(side), "--rotate", "-o", kind],
                Probe.Guarded(options.PictureSeconds, side * side * 6 + 1024) with { Write = (pipe, within) => pipe.WriteAsync(file, within).AsTask() }, cancel);
            return result.ExitCode == 0 ? new Decoded(result.Out, width, height) : Damaged;
        }
        catch (ToolMissing missing)
        {
            return new Refusal("PROVIDER_UNAVAILABLE", 503, missing.Message);
        }
        catch (TimeoutException)
        {
            return Wrong("The picture takes too long to read.");
        }
    }

    private static Refusal Damaged => Wrong("The picture is damaged or incomplete.");

    private static Refusal Wrong(string why) => Refusal.Invalid("file", why);
}
