using System.Text.Json;

namespace Rpd.Server.Database;

/// <summary>
/// The first entry of a backup, which is one tar file: <c>rpd-backup.json</c>, <c>database.dump</c> (pg_dump's custom format), then the files below
/// <see cref="DataFolder.BackedUp"/> under their own paths.
/// </summary>
/// <param name="Migration">The highest migration of the database inside.</param>
public sealed record BackupFile(int Format, int Migration, int PostgresMajor, DateTimeOffset MadeAt)
{
    public const int CurrentFormat = 1;
    public const string HeadEntry = "rpd-backup.json";
    public const string DumpEntry = "database.dump";

    internal static JsonSerializerOptions Json { get; } = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase };
}
