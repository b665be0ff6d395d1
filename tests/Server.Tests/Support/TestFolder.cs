namespace Rpd.Server.Tests.Support;

/// <summary>A folder for one test, gone with it.</summary>
public sealed class TestFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("rpd-test-").FullName;

    /// <param name="open">Temporary folders are closed to others; a database that runs as another user has to get in.</param>
    public TestFolder(bool open = true)
    {
        if (open && !OperatingSystem.IsWindows())
            File.SetUnixFileMode(Path, File.GetUnixFileMode(Path) | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
    }

    public string Below(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
