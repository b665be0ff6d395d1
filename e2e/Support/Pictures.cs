using System.Diagnostics;
using Microsoft.Playwright;

namespace Rpd.E2E.Support;

/// <summary>Pictures of the kinds that break layouts, made by ffmpeg.</summary>
public static class Pictures
{
    public static Task<FilePayload> Huge() => Made("huge.png", "color=teal:s=6000x4000", "-frames:v", "1");

    public static Task<FilePayload> Tiny() => Made("tiny.png", "color=red:s=2x2,format=rgb24,scale=1:1", "-frames:v", "1");

    public static Task<FilePayload> Transparent() => Made("transparent.png", "color=black@0.0:s=320x240,format=rgba", "-frames:v", "1");

    public static Task<FilePayload> Animated() => Made("animated.gif", "testsrc=s=320x240:d=1:r=4");

    public static Task<FilePayload> Film() => Made("film.mp4", "testsrc=s=320x240:d=1:r=8", "-pix_fmt", "yuv420p");

    public static FilePayload Liar { get; } = new() { Name = "liar.png", MimeType = "image/png", Buffer = "no picture at all"u8.ToArray() };

    private static async Task<FilePayload> Made(string name, string source, params string[] how)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("rpd-pictures-").FullName, name);
        using var ffmpeg = Process.Start(new ProcessStartInfo("ffmpeg", ["-v", "error", "-f", "lavfi", "-i", source, .. how, file]))!;
        await ffmpeg.WaitForExitAsync();
        Assert.Equal(0, ffmpeg.ExitCode);
        var bytes = await File.ReadAllBytesAsync(file);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
        return new() { Name = name, MimeType = Path.GetExtension(name) switch { ".png" => "image/png", ".gif" => "image/gif", _ => "video/mp4" }, Buffer = bytes };
    }
}
