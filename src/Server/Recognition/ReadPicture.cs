using Rpd.Server.Media;
using Rpd.Shared;

namespace Rpd.Server.Recognition;

/// <summary>A picture as pixels.</summary>
/// <param name="Rgb">Rows of red, green, blue; <paramref name="Width"/> × <paramref name="Height"/> × 3 bytes, perhaps of a smaller copy.</param>
/// <param name="FullWidth">Of the picture itself, as it is shown.</param>
public sealed record Picture(byte[] Rgb, int Width, int Height, int FullWidth, int FullHeight);

/// <summary>The pixels of a file that a stranger has sent.</summary>
public sealed class ReadPicture(DecodePicture decode)
{
    /// <param name="sideMax">Pixels of the longer side that will do.</param>
    public async Task<Outcome<Picture>> Run(ReadOnlyMemory<byte> file, int sideMax, CancellationToken cancel)
    {
        var decoded = await decode.Run(file, sideMax, DecodePicture.Pixels, cancel);
        if (decoded.Declined) return decoded.Refusal;
        var (storedWidth, storedHeight) = (decoded.Value.StoredWidth, decoded.Value.StoredHeight);
        var (rgb, width, height) = Pixmap.Read(decoded.Value.Bytes);
        // What lies on its side in the file stands up now.
        var turned = width != height && width > height != storedWidth > storedHeight;
        return turned ? new Picture(rgb, width, height, storedHeight, storedWidth) : new Picture(rgb, width, height, storedWidth, storedHeight);
    }
}
