using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rpd.Server.Database;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Server.Mail;
using Rpd.Server.Outbound;
using Rpd.Server.Webhooks;

namespace Rpd.Bench;

/// <summary>
/// The product's own deliverer on a durable database, with receiver, deliverer and database on the same cores. First how many deliveries a second are made
/// and recorded (the peer: the same signed posts to the same receiver by a bare HttpClient, nothing recorded); then how soon after its commit an
/// event arrives at 200 a second, beside 100 a second for somebody else: for a receiver that answers, and for one that hangs, in turns.
/// </summary>
internal static class WebhookDeliveries
{
    private const int Many = 20_000, PerSecond = 200, Seconds = 10, Rounds = 5, Endpoints = 8;
    private static readonly ConcurrentDictionary<string, long> Arrived = new();
    private static readonly ConcurrentDictionary<string, long> Committed = new();

    public static async Task Run()
    {
        await using var server = await Installation.Start(("Webhooks__Concurrency", "0"), ("Jobs__SlowWorkers", "0"));
        await using var database = NpgsqlDataSource.Create(HotPath.Tuned(server.ConnectionString));
        await using var receiver = await Receiver();
        var address = receiver.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        await using var parts = Parts(database);
        var secrets = parts.GetRequiredService<WebhookSecrets>();
        var quick = await Account(database, secrets, address + "/quick", Endpoints);
        var neighbour = await Account(database, secrets, address + "/quick", 1);
        var hanging = await Account(database, secrets, address + "/hang", 1);
        var deliver = parts.GetServices<IHostedService>().OfType<DeliverWebhooks>().Single();
        await deliver.StartAsync(CancellationToken.None);

        await Throughput(database, parts, quick, 2_000);
        var recorded = await Throughput(database, parts, quick, Many);
        var posts = await Peer(address + "/quick");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{recorded:F0} recorded deliveries/s; bare posts {posts:F0}/s; ratio {recorded / posts:F2}"));

        List<double[]> calm = [], beside = [];
        for (var round = 0; round < Rounds; round++)
        {
            calm.Add(await Latency(database, parts, quick, neighbour));
            Console.WriteLine(Line("beside one that answers", calm[^1]));
            beside.Add(await Latency(database, parts, quick, hanging));
            Console.WriteLine(Line("beside one that hangs", beside[^1]));
            await Execute(database, "delete from webhook_deliveries where account_id = $1", hanging);
        }
        var (answers, hangs) = (Middle(calm), Middle(beside));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"p99 beside one that hangs {hangs:F1} ms, beside one that answers {answers:F1} ms (the middle of {Rounds}): ratio {hangs / answers:F2}; {Process.GetCurrentProcess().WorkingSet64 / 1024 / 1024} MB with the receivers"));
        await deliver.StopAsync(CancellationToken.None);
    }

    private static double Middle(IEnumerable<double[]> rounds) => rounds.Select(sorted => StartLatency.At(sorted, .99)).Order().ElementAt(Rounds / 2);

    private static string Line(string name, double[] sorted) => string.Create(CultureInfo.InvariantCulture,
        $"{name}: {sorted.Length} at {PerSecond}/s, commit → arrival p50 {StartLatency.At(sorted, .5):F1} ms, p99 {StartLatency.At(sorted, .99):F1} ms, max {sorted[^1]:F0} ms");

    private static async Task<double> Throughput(NpgsqlDataSource database, ServiceProvider parts, Guid account, int events)
    {
        await Execute(database, "delete from webhook_deliveries where state <> 'pending'");
        Arrived.Clear();
        var clock = Stopwatch.StartNew();
        // In one statement, so that the deliverer has its backlog at once; each event goes to all of the account's webhooks.
        await Execute(database, "select event_record($1, gen_random_uuid(), 'generation.completed', null, json_build_object('n', n, 'outputUrls', array[repeat('x', 200)]), now(), null) from generate_series(1, $2) n", account, events / Endpoints);
        parts.GetRequiredService<JobBell>().Ring(Lanes.Webhooks);
        clock.Restart();
        await Wait.Until(async () => await Pending(database, account) == 0, TimeSpan.FromMilliseconds(20), "Deliveries", minutes: 2);
        return events / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double> Peer(string url)
    {
        using var client = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64, UseProxy = false });
        var key = new SigningKey(WebhookSecrets.New());
        var body = new byte[400];
        var left = Many;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new ByteArrayContent(body) };
                foreach (var (name, value) in SignMessage.Headers("evt_" + left, DateTimeOffset.UtcNow, body, key, null)) request.Headers.TryAddWithoutValidation(name, value);
                using var answer = await client.SendAsync(request);
            }
        })));
        return Many / clock.Elapsed.TotalSeconds;
    }

    private static async Task<double[]> Latency(NpgsqlDataSource database, ServiceProvider parts, Guid account, Guid other)
    {
        // One webhook each, so that an arrival is an event.
        await Execute(database, "update webhook_endpoints set status = case when id = (select min(id::text)::uuid from webhook_endpoints where account_id = $1) then 'active' else 'disabled' end where account_id = $1", account);
        var bell = parts.GetRequiredService<JobBell>();
        Committed.Clear();
        Arrived.Clear();
        var start = Stopwatch.GetTimestamp();
        var inserts = new List<Task>();
        for (var i = 0; i < PerSecond * Seconds; i++)
        {
            await Wait.UntilDue(start, TimeSpan.FromSeconds((double)i / PerSecond));
            inserts.Add(Happen(database, bell, account));
            if (i % 2 == 0) inserts.Add(Happen(database, bell, other, counted: false));
        }
        await Task.WhenAll(inserts);
        await Wait.Until(() => Task.FromResult(Committed.Keys.All(Arrived.ContainsKey)), TimeSpan.FromMilliseconds(20), "Events to arrive");
        return [.. Committed.Select(one => Stopwatch.GetElapsedTime(one.Value, Arrived[one.Key]).TotalMilliseconds).Order()];
    }

    private static async Task Happen(NpgsqlDataSource database, JobBell bell, Guid account, bool counted = true)
    {
        var uid = Guid.CreateVersion7();
        await using var command = database.CreateCommand("select event_record($1, $2, 'generation.completed', null, '{}', now(), null)");
        command.Parameters.AddWithValue(account);
        command.Parameters.AddWithValue(uid);
        // The clock starts when the statement is sent: its own commit counts too.
        if (counted) Committed["evt_" + uid.ToString("N")] = Stopwatch.GetTimestamp();
        await command.ExecuteNonQueryAsync();
        bell.Ring(Lanes.Webhooks);
    }

    private static async Task<Guid> Account(NpgsqlDataSource database, WebhookSecrets secrets, string url, int endpoints)
    {
        var id = Guid.CreateVersion7();
        await Execute(database, """
            insert into accounts (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, security_stamp, concurrency_stamp, handle, display_name, plan, role, status, created_at)
            values ($1, $2, $2, $2, $2, true, 's', 's', $3, 'Bench', 'business', 'user', 'active', now())
            """, id, $"{id:N}@bench.invalid", "b" + id.ToString("N")[^20..]);
        for (var i = 0; i < endpoints; i++)
            await Execute(database, "insert into webhook_endpoints (id, account_id, url, events, status, secret, created_at) values (gen_random_uuid(), $1, $2, '{generation.completed}', 'active', $3, now())",
                id, $"{url}/{i}", secrets.Seal(WebhookSecrets.New()));
        return id;
    }

    private static async Task<long> Pending(NpgsqlDataSource database, Guid account)
    {
        await using var command = database.CreateCommand("select exists (select 1 from webhook_deliveries where state = 'pending' and account_id = $1)::int::bigint");
        command.Parameters.AddWithValue(account);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private static async Task Execute(NpgsqlDataSource database, string sql, params object[] values)
    {
        await using var command = database.CreateCommand(sql);
        command.CommandTimeout = 120;
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<WebApplication> Receiver()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var app = builder.Build();
        app.Run(async http =>
        {
            if (http.Request.Path.StartsWithSegments("/hang"))
            {
                await Task.Delay(TimeSpan.FromSeconds(30), http.RequestAborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return;
            }
            Arrived.TryAdd(http.Request.Headers["webhook-id"].ToString(), Stopwatch.GetTimestamp());
            await http.Request.Body.CopyToAsync(Stream.Null);
        });
        await app.StartAsync();
        return app;
    }

    private static ServiceProvider Parts(NpgsqlDataSource database)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Outbound:AllowedHosts", "127.0.0.1")]).Build();
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(settings).AddSingleton(TimeProvider.System).AddSingleton(database);
        services.AddSingleton<IDataProtectionProvider>(new EphemeralDataProtectionProvider());
        services.AddSingleton(new JobOptions()).AddSingleton<JobBell>().AddSingleton<WorkerPulse>().AddSingleton<PublicAddress>().AddSingleton<LetterSeal>();
        services.AddOutbound(settings).AddWebhooks(settings);
        return services.BuildServiceProvider();
    }
}
