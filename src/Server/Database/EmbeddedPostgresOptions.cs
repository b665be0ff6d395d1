namespace Rpd.Server.Database;

/// <summary>How the private PostgreSQL of one data folder is run.</summary>
public sealed record EmbeddedPostgresOptions
{
    /// <summary>See <see cref="Database.DataFolder"/>.</summary>
    public required string DataFolder { get; init; }

    /// <summary>Where a search upwards for <c>node_modules</c> begins, beside the program's own folder.</summary>
    public string AppFolder { get; init; } = AppContext.BaseDirectory;

    /// <summary>Where cluster and programs go when the data folder is closed to the user that PostgreSQL runs as. Only a server started by root uses it.</summary>
    public string SystemFolder { get; init; } = "/var/lib/rpd-create";

    /// <summary>False trades the promise that a committed row survives a power cut for speed. For tests only.</summary>
    public bool Durable { get; init; } = true;

    public HolderRole Role { get; init; } = HolderRole.Server;

    /// <summary>How long a start may take, recovery of a crashed cluster included.</summary>
    public TimeSpan StartTimeout { get; init; } = TimeSpan.FromMinutes(2);

    public static EmbeddedPostgresOptions From(IConfiguration settings, string contentRoot) => new()
    {
        DataFolder = Database.DataFolder.From(settings, contentRoot).Path,
        AppFolder = contentRoot,
        SystemFolder = Database.DataFolder.Setting(settings, "Postgres:SystemFolder") ?? "/var/lib/rpd-create",
    };
}
