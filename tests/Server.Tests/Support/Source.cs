namespace Rpd.Server.Tests.Support;

/// <summary>The project's own files, for tests that hold two of them against each other.</summary>
public static class Source
{
    public static string Root { get; } = Find();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "RpdDashboard.sln"))) return folder.FullName;
        }
        throw new InvalidOperationException("The tests run outside the project.");
    }
}
