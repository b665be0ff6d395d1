using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;

namespace Rpd.Server.Database;

/// <summary>
/// What a data folder knows of its cluster, in <c>postgres.json</c> (mode 0600): where it lies, how to get in, and who runs it.
/// </summary>
/// <param name="Folder">Remembered, so that the next start finds the same cluster even when the rule for choosing the place has changed.</param>
/// <param name="Major">0 until the cluster has been made.</param>
/// <param name="Port">On loopback; kept from start to start while it is free.</param>
/// <param name="Holder">Process that had it running when this was written.</param>
internal sealed record ClusterAddress(string Folder, int Major, string AdminPassword, string Password, int Port, int Holder)
{
    /// <summary>The program's role and database share a name; the role owns the database and nothing more.</summary>
    public const string Database = "rpd";

    public const string Admin = "postgres";

    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true };

    public static ClusterAddress New(string folder) => new(folder, 0, Secret(), Secret(), 0, 0);

    public static ClusterAddress? Read(DataFolder data)
    {
        if (!File.Exists(data.AddressFile)) return null;
        try
        {
            return JsonSerializer.Deserialize<ClusterAddress>(File.ReadAllText(data.AddressFile), Json);
        }
        catch (JsonException e)
        {
            throw new CannotStart($"{data.AddressFile} is damaged, and it holds the password of the database. Put it back from a copy of the data folder.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new CannotStart($"{data.AddressFile} belongs to another user. Start the server as the user who started it first, or as root.", e);
        }
    }

    public Task Save(DataFolder data, CancellationToken cancel) => DataFolder.WritePrivate(data.AddressFile, JsonSerializer.Serialize(this, Json) + "\n", cancel);

    [JsonIgnore]
    public string ConnectionString => HotPath.Tuned(Connection(Port, Database, Password, Database).ConnectionString);

    /// <summary>Unpooled: it is used for a question or two and must not be in the way of a shutdown.</summary>
    public string AdminConnectionString(string database, int? port = null)
    {
        var connection = Connection(port ?? Port, Admin, AdminPassword, database);
        connection.Pooling = false;
        connection.Timeout = 5;
        return connection.ConnectionString;
    }

    private static NpgsqlConnectionStringBuilder Connection(int port, string user, string password, string database) =>
        new() { Host = "127.0.0.1", Port = port, Username = user, Password = password, Database = database };

    private static string Secret() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(24));
}
