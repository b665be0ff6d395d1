namespace Rpd.Server.Media;

/// <summary>A folder on this machine's temporary disk, for the length of one piece of work.</summary>
public sealed class WorkFolder : IDisposable
{
    public const string Prefix = "rpd-work-";

    public string Path { get; } = Directory.CreateTempSubdirectory(Prefix).FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}

/// <summary>A recurring duty: a server that was killed left the folders of its work behind. No work takes a day.</summary>
public sealed class SweepWorkFolders
{
    private static readonly TimeSpan Abandoned = TimeSpan.FromDays(1);

    public int Run()
    {
        var swept = 0;
        foreach (var folder in new DirectoryInfo(Path.GetTempPath()).EnumerateDirectories(WorkFolder.Prefix + "*"))
        {
            if (DateTime.UtcNow - folder.LastWriteTimeUtc < Abandoned) continue;
            try
            {
                folder.Delete(recursive: true);
                swept++;
            }
            catch (Exception e) when (e is DirectoryNotFoundException or UnauthorizedAccessException)
            {
                // Another server of this machine was faster, or the folder is that of one which runs as another user: it sweeps its own.
            }
        }
        return swept;
    }
}
