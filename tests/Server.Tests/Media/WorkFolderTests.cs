using Rpd.Server.Media;

namespace Rpd.Server.Tests.Media;

public sealed class WorkFolderTests
{
    [Fact]
    public void What_a_killed_server_left_is_swept_after_a_day_and_nothing_else()
    {
        using var running = new WorkFolder();
        var abandoned = new WorkFolder();
        var foreign = Directory.CreateTempSubdirectory("rpd-other-");
        try
        {
            Directory.CreateDirectory(abandoned.File("frames"));
            File.WriteAllText(Path.Combine(abandoned.File("frames"), "1.png"), "half a picture");
            File.WriteAllText(running.File("sketch.svg"), "<svg/>");
            Directory.SetLastWriteTimeUtc(running.Path, DateTime.UtcNow.AddHours(-23));
            foreach (var old in new[] { abandoned.Path, foreign.FullName }) Directory.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-25));

            Assert.InRange(new SweepWorkFolders().Run(), 1, int.MaxValue);

            Assert.False(Directory.Exists(abandoned.Path));
            Assert.True(File.Exists(running.File("sketch.svg")));
            Assert.True(foreign.Exists);
        }
        finally
        {
            foreign.Delete();
        }
    }
}
