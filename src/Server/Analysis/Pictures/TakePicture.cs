using System.Buffers.Binary;
using Rpd.Server.Media;
using Rpd.Shared;

namespace Rpd.Server.Analysis.Pictures;

/// <summary>
/// Makes a <see cref="Picture"/> of what somebody sent: JPEG, PNG, GIF (its first frame), BMP, WebP or TIFF, by its bytes and not by its name. Its size is read
/// before anything decodes it.
/// </summary>
public sealed class TakePicture(Tools tools, Probe probe)
{
    public const int BytesMax = 2 * 1024 * 1024;

    /// <summary>A file of <see cref="BytesMax"/> can unfold to much more, and somebody waits.</summary>
    private const long AreaPixelsMax = 40_000_000;

    private const int SecondsMax = 30;

    private const string NoPicture = "This is not a picture that can be read. Send JPEG, PNG, GIF, BMP, WebP or TIFF.";

    private readonly SemaphoreSlim hands = new(Environment.ProcessorCount);

    public async Task<Outcome<Picture>> Run(Stream content, CancellationToken cancel)
    {
        var folder = new WorkFolder();
        Picture? picture = null;
        try
        {
            var path = folder.File("sent");
            await using (var file = File.Create(path)) await content.CopyToAsync(file, cancel);
            await hands.WaitAsync(cancel);
            try
            {
                await Read(path, folder.File("picture.jpg"), cancel);
                return picture = new(folder.File("picture.jpg"), folder);
            }
            finally
            {
                hands.Release();
            }
        }
        catch (MediaRefused refused)
        {
            return Refusal.Invalid("file", refused.Message);
        }
        catch (TimeoutException)
        {
            return Refusal.Invalid("file", "The picture takes too long to read.");
        }
        catch (ToolMissing missing)
        {
            return new Refusal("PROVIDER_UNAVAILABLE", 503, $"Pictures cannot be read here. {missing.Message}");
        }
        finally
        {
            if (picture is null) folder.Dispose();
        }
    }

    private async Task Read(string path, string target, CancellationToken cancel)
    {
        var bytes = new FileInfo(path).Length;
        var head = new byte[FileKind.HeadBytes];
        await using (var file = File.OpenRead(path)) head = head[..await file.ReadAtLeastAsync(head, head.Length, throwOnEndOfStream: false, cancel)];
        if (bytes == 0) throw new MediaRefused("The file is empty.");
        var kind = Tiff(head) ? "image/tiff" : FileKind.Of(head);
        if (BitmapSize(head) is var (width, height))
        {
            Bounded(width, height);
            (path, kind) = (await FromBitmap(path, cancel), "image/png");
        }
        if (kind?.StartsWith("image/", StringComparison.Ordinal) != true) throw new MediaRefused(NoPicture);
        await probe.Picture(path, kind, bytes, Bounded, cancel);
        // What has no profile of its own is taken for sRGB, and CMYK is brought there by the profile that vips has for it.
        var made = await tools.VipsThumbnail.Run([path, "--size", $"{Probe.SidePixelsMax}x{Probe.SidePixelsMax}>", "--export-profile", "srgb", "-o", target + "[Q=92,strip,background=255]"], Probe.Guarded(SecondsMax), cancel);
        if (made.ExitCode != 0) throw new MediaRefused("The image file is damaged or incomplete.");
    }

    private static void Bounded(int width, int height)
    {
        if (width < 1 || height < 1) throw new MediaRefused(NoPicture);
        if (width > Probe.SidePixelsMax || height > Probe.SidePixelsMax || (long)width * height > AreaPixelsMax)
            throw new MediaRefused($"The picture is too large: {width} × {height} pixels. At most {Probe.SidePixelsMax} a side and {AreaPixelsMax / 1_000_000} megapixels are allowed.");
    }

    /// <summary>libvips reads bitmaps through a library that it holds for unfit for strangers' files; ffmpeg's own reader is small.</summary>
    private async Task<string> FromBitmap(string path, CancellationToken cancel)
    {
        var target = path + ".png";
        var result = await tools.Ffmpeg.Run(["-v", "error", "-nostdin", "-xerror", "-protocol_whitelist", "file", "-f", "bmp_pipe", "-i", path, "-frames:v", "1", "-y", target], Probe.Guarded(SecondsMax), cancel);
        return result.ExitCode == 0 && File.Exists(target) ? target : throw new MediaRefused("The image file is damaged or incomplete.");
    }

    private static bool Tiff(ReadOnlySpan<byte> head) => head.StartsWith("II*\0"u8) || head.StartsWith("MM\0*"u8);

    /// <summary>Of a Windows bitmap with any header but OS/2's oldest; its height is negative when the rows go downwards.</summary>
    private static (int Width, int Height)? BitmapSize(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("BM"u8) || head.Length < 26 || BinaryPrimitives.ReadInt32LittleEndian(head[14..]) < 40) return null;
        var (width, height) = (BinaryPrimitives.ReadInt32LittleEndian(head[18..]), BinaryPrimitives.ReadInt32LittleEndian(head[22..]));
        return (width, height == int.MinValue ? int.MaxValue : Math.Abs(height));
    }
}
