using Rpd.Server.Media;
using Rpd.Server.Tests.Media;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Recognition;

/// <summary>The two pictures of the tests, and what can be made of them.</summary>
internal static class TestPictures
{
    public static byte[] Astronaut { get; } = Read("astronaut.png");

    public static byte[] Coffee { get; } = Read("coffee.png");

    public static string PathOf(string name) => Path.Combine(Source.Root, "tests/Server.Tests/Recognition/Pictures", name);

    /// <param name="command">Of vips, with <c>in</c> and <c>out</c> for the two files.</param>
    /// <param name="kind">The extension of what is made, with options of its writer.</param>
    public static async Task<byte[]> Made(string kind, params string[] command)
    {
        using var files = new MediaFiles();
        var made = files.Path("made" + kind.Split('[')[0]);
        var args = command.Select(arg => arg switch { "in" => PathOf("astronaut.png"), "out" => files.Path("made" + kind), _ => arg });
        var result = await MediaFiles.Tools.Vips.Run([.. args], ToolOptions.Within(60), TestContext.Current.CancellationToken);
        Assert.True(result.ExitCode == 0, result.Error);
        return await File.ReadAllBytesAsync(made, TestContext.Current.CancellationToken);
    }

    private static byte[] Read(string name) => File.ReadAllBytes(PathOf(name));
}
