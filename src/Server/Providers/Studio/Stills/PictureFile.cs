using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;

namespace Rpd.Server.Providers.Studio.Stills;

/// <summary>Writes a picture from memory as PNG.</summary>
internal static class PictureFile
{
    private const int SecondsMax = 60;

    public static async Task<bool> Write(Tools tools, Raster picture, string path, CancellationToken cancel)
    {
        var head = System.Text.Encoding.ASCII.GetBytes($"P6\n{picture.Width} {picture.Height}\n255\n");
        var file = new byte[head.Length + picture.Width * picture.Height * 3];
        head.CopyTo(file, 0);
        picture.CopyRgb(file.AsSpan(head.Length));
        var plain = Path.ChangeExtension(path, ".ppm");
        await File.WriteAllBytesAsync(plain, file, cancel);
        var written = await tools.Vips.Run(["copy", plain, path + "[compression=3,strip]"], ToolOptions.Within(SecondsMax), cancel);
        File.Delete(plain);
        return written.ExitCode == 0 && File.Exists(path);
    }
}
