using Npgsql;

namespace Rpd.Server.Database;

/// <summary>
/// The private PostgreSQL of a data folder: made at the first start, on loopback with a generated password, stopped with its holder.
/// A holder that is killed leaves it running; the next one adopts it.
/// </summary>
public sealed class EmbeddedPostgres : IAsyncDisposable
{
    private readonly DataFolderLock hold;
    private readonly DataFolder data;
    private readonly Postmaster postmaster;
    private int disposed;

    private EmbeddedPostgres(DataFolderLock hold, DataFolder data, Postmaster postmaster, ClusterAddress address) =>
        (this.hold, this.data, this.postmaster, Address) = (hold, data, postmaster, address);

    /// <summary>As the owner of the program's database, with <see cref="HotPath"/>'s settings.</summary>
    public string ConnectionString => Address.ConnectionString;

    public string ClusterPath => Address.Folder;

    internal ClusterAddress Address { get; }

    /// <exception cref="CannotStart">Another process holds the folder, PostgreSQL is missing or of another version, or the cluster cannot be reached.</exception>
    public static async Task<EmbeddedPostgres> Start(EmbeddedPostgresOptions options, ILogger log, CancellationToken cancel)
    {
        var hold = await DataFolderLock.Take(new DataFolder(options.DataFolder), options.Role, TimeSpan.FromSeconds(30), cancel);
        return await Start(options, hold, log, cancel);
    }

    /// <summary>For somebody who has the folder already; the result owns <paramref name="hold"/>, and so does a failure.</summary>
    internal static async Task<EmbeddedPostgres> Start(EmbeddedPostgresOptions options, DataFolderLock hold, ILogger log, CancellationToken cancel)
    {
        try
        {
            if (OperatingSystem.IsWindows()) throw new CannotStart("The embedded database runs on Linux and macOS. Name a PostgreSQL of yours in ConnectionStrings__Postgres.");
            var data = new DataFolder(options.DataFolder);
            var user = UnprivilegedUser.Needed();
            // In somebody's data folder it runs as that somebody, who may start it without root the next time.
            if (user is not null && (await UnprivilegedUser.OwnerOf(data.Path, cancel)).UserId != 0) user = await UnprivilegedUser.OwnerOf(data.Path, user, cancel);
            var address = await Prepare(data, user, options, log, cancel);
            if (user is not null) user = await UnprivilegedUser.OwnerOf(address.Folder, user, cancel);
            var binaries = await PostgresBinaries.Find(address.Major, user, options, cancel);
            var postmaster = new Postmaster(address.Folder, binaries, user, options, log);
            address = address with { Port = await postmaster.StartOrAdopt(address, cancel), Holder = Environment.ProcessId };
            await EnsureDatabase(address, cancel);
            await address.Save(data, cancel);
            await data.GiveToOwner(DataFolder.OfTheStart, cancel);
            return new EmbeddedPostgres(hold, data, postmaster, address);
        }
        catch
        {
            hold.Dispose();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1) return;
        await postmaster.Stop();
        hold.Dispose();
        await data.GiveToOwner(DataFolder.OfTheRun, CancellationToken.None);
    }

    /// <summary>The password is on disk before the cluster is, so that a crash between the two costs nothing.</summary>
    private static async Task<ClusterAddress> Prepare(DataFolder data, UnprivilegedUser? user, EmbeddedPostgresOptions options, ILogger log, CancellationToken cancel)
    {
        var address = ClusterAddress.Read(data) ?? ClusterAddress.New(await ClusterFolder.Choose(data, user, options, cancel));
        // Nobody may take the last holder's address for ours while we are on our way up.
        if (address.Holder != 0) await (address = address with { Holder = 0 }).Save(data, cancel);
        // A data folder that was moved, or copied, takes the cluster inside it along; the place that is noted is its original's.
        if (ClusterFolder.MajorOf(data.Cluster) is not null) address = address with { Folder = data.Cluster };
        if (address.Folder != data.Cluster)
        {
            log.LogWarning("The database lies in {Folder}, because the user it runs as cannot enter {DataFolder}", address.Folder, data.Path);
            if (Directory.Exists(address.Folder)) await ClusterFolder.Claim(address.Folder, data, cancel);
        }

        var known = File.Exists(data.AddressFile);
        if (ClusterFolder.MajorOf(address.Folder) is { } major)
            return known ? address with { Major = major } : throw new CannotStart($"{data.AddressFile} is missing, and it holds the passwords of the database in {address.Folder}. Put it back; or, to begin with an empty database, move that folder away.");
        if (address.Major != 0)
            throw new CannotStart($"The database cluster of this data folder was {address.Folder}, and it is not there any more. Put it back; or, to begin with an empty database, remove {data.AddressFile}.");
        if (Directory.Exists(address.Folder))
            throw new CannotStart($"{address.Folder} exists but is no database cluster. Move it out of the way.");

        await address.Save(data, cancel);
        var binaries = await PostgresBinaries.Find(null, user, options, cancel);
        log.LogInformation("Making the database cluster in {Folder} with PostgreSQL {Major}", address.Folder, binaries.Major);
        await ClusterFolder.Make(address.Folder, address.AdminPassword, binaries, user, options.Durable, cancel);
        await ClusterFolder.Claim(address.Folder, data, cancel);
        address = address with { Major = binaries.Major };
        await address.Save(data, cancel);
        return address;
    }

    private static async Task EnsureDatabase(ClusterAddress address, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(address.AdminConnectionString("postgres"));
        await connection.OpenAsync(cancel);
        await using var question = new NpgsqlCommand("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = 'rpd'), EXISTS (SELECT FROM pg_database WHERE datname = 'rpd')", connection);
        await using var answer = await question.ExecuteReaderAsync(cancel);
        await answer.ReadAsync(cancel);
        var (role, database) = (answer.GetBoolean(0), answer.GetBoolean(1));
        await answer.CloseAsync();
        // The password is 48 hexadecimal digits of our own making: nothing in it needs quoting.
        if (!role) await new NpgsqlCommand($"CREATE ROLE rpd LOGIN PASSWORD '{address.Password}'", connection).ExecuteNonQueryAsync(cancel);
        if (!database) await new NpgsqlCommand("CREATE DATABASE rpd OWNER rpd", connection).ExecuteNonQueryAsync(cancel);
    }
}
