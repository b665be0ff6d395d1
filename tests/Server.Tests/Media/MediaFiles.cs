using Rpd.Server.Media;
using Xunit;

namespace Rpd.Server.Tests.Media;

/// <summary>Real media made on the spot by the programs themselves, in a folder of their own.</summary>
internal sealed class MediaFiles : IDisposable
{
    public static readonly Tools Tools = new();

    public string Folder { get; } = Directory.CreateTempSubdirectory("media-test-").FullName;

    public string Path(string name) => System.IO.Path.Combine(Folder, name);

    public string Write(string name, byte[] bytes)
    {
        File.WriteAllBytes(Path(name), bytes);
        return Path(name);
    }

    /// <summary>A noisy picture, so that its size in bytes is realistic.</summary>
    public async Task<string> Picture(string name, int width, int height)
    {
        var noise = Path("noise.v");
        await Ok(Tools.Vips, "gaussnoise", noise, $"{width}", $"{height}", "--mean", "128", "--sigma", "60");
        await Ok(Tools.Vips, "cast", noise, Path(name), "uchar");
        return Path(name);
    }

    public async Task<string> Sound(string name)
    {
        await Ok(Tools.Ffmpeg, "-v", "error", "-f", "lavfi", "-i", "sine=frequency=440:duration=1.5", "-y", Path(name));
        return Path(name);
    }

    public async Task<string> Film(string name, string picture = "color=black:size=640x360:duration=1[a];testsrc=size=640x360:duration=2[b];[a][b]concat")
    {
        await Ok(Tools.Ffmpeg, "-v", "error", "-f", "lavfi", "-i", picture, "-pix_fmt", "yuv420p", "-y", Path(name));
        return Path(name);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    internal static async Task Ok(Tool tool, params string[] args)
    {
        var result = await tool.Run(args, ToolOptions.Within(60), TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Error);
    }
}
