using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Rpd.Server.Providers;

namespace Rpd.Server.Tests.Support;

/// <summary>The whole server in memory, on a database and a data folder of its own.</summary>
public sealed class App : WebApplicationFactory<Program>
{
    private readonly string connection;
    private readonly IReadOnlyDictionary<string, string> settings;
    private readonly TestFolder folder = new();

    private App(string connection, IReadOnlyDictionary<string, string> settings) => (this.connection, this.settings) = (connection, settings);

    public static async Task<App> Start(TestPostgres postgres, params (string Name, string Value)[] settings) =>
        new(await postgres.CreateDatabase(), settings.ToDictionary(setting => setting.Name, setting => setting.Value));

    /// <summary>With <see cref="ScriptedProvider"/> in the place of Studio.</summary>
    public static async Task<App> Scripted(TestPostgres postgres, params (string Name, string Value)[] settings) =>
        new(await postgres.CreateDatabase(), settings.ToDictionary(setting => setting.Name, setting => setting.Value)) { Provider = new() };

    /// <summary>The same with another provider beside it.</summary>
    public static async Task<App> Scripted(TestPostgres postgres, IProvider beside, params (string Name, string Value)[] settings) =>
        new(await postgres.CreateDatabase(), settings.ToDictionary(setting => setting.Name, setting => setting.Value)) { Provider = new(), Beside = beside };

    /// <summary>Another node on the same database.</summary>
    public App Twin() => new(connection, settings);

    public IProvider? Beside { get; init; }

    /// <summary>When set before the first request, plays every generation instead of Studio.</summary>
    public ScriptedProvider? Provider { get; init; }

    /// <summary>With <see cref="ScriptedProvider"/> and a clock that the test moves.</summary>
    public static async Task<App> At(TestClock clock, TestPostgres postgres, params (string Name, string Value)[] settings) =>
        new(await postgres.CreateDatabase(), settings.ToDictionary(setting => setting.Name, setting => setting.Value)) { Provider = new(), Clock = clock };

    public TestClock? Clock { get; init; }

    /// <summary>When set before the first request, stands before everything that the server does with one.</summary>
    public IStartupFilter? Filter { get; set; }

    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    public string DataFolder => folder.Path;

    /// <summary>An account with purchased credits and a key that may do everything people may.</summary>
    /// <param name="admin">An administrator, whose key may do what they may.</param>
    public async Task<Caller> Caller(long credits = 1000, string plan = "business", long? cap = null, bool admin = false)
    {
        using var scope = Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var account = TestAccount.New(plan);
        if (admin) account.Role = Rpd.Server.Accounts.Account.Admin;
        db.Accounts.Add(account);
        await db.SaveChangesAsync();
        if (credits > 0)
            await scope.ServiceProvider.GetRequiredService<Rpd.Server.Credits.CreditLedger>()
                .Grant(db, account.Id, credits, Rpd.Server.Credits.Bucket.Purchased, $"test:{account.Id}", "test", CancellationToken.None);
        var secret = await TestAccount.Key(db, account.Id, cap, admin);
        var client = CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false, BaseAddress = ClientOptions.BaseAddress });
        client.DefaultRequestHeaders.Add("X-API-KEY", secret);
        return new(account.Id, client, secret);
    }

    /// <summary>The balance as soon as every call is booked, which takes a fifth of a second.</summary>
    public async Task<long> Booked(Caller caller)
    {
        var meter = Services.GetRequiredService<Rpd.Server.Credits.Metering.Meter>();
        for (var looks = 0; meter.Leases.Any(lease => lease.Key.AccountId == caller.Account && !lease.Settled); looks++)
        {
            Assert.True(looks < 600, "The calls were not booked.");
            await Task.Delay(50);
        }
        return await caller.Balance();
    }

    /// <summary>The same account with a test key.</summary>
    public async Task<Caller> TestCaller(Caller live)
    {
        var (_, key) = await live.Post("/v1/keys", new { name = "test", test = true, scopes = new[] { "generate", "read" } });
        var secret = key.GetProperty("data").GetProperty("secret").GetString()!;
        Assert.StartsWith("rpd_sk_test_", secret, StringComparison.Ordinal);
        var http = CreateClient();
        http.DefaultRequestHeaders.Add("X-API-KEY", secret);
        return new(live.Account, http, secret);
    }

    public async Task<T> Scalar<T>(string sql, params object[] values)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Execute(string sql, params object[] values)
    {
        await using var command = Database.CreateCommand(sql);
        foreach (var value in values) command.Parameters.AddWithValue(value);
        await command.ExecuteNonQueryAsync();
    }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseSetting("ConnectionStrings:Postgres", connection);
        builder.UseSetting("DATA_DIR", folder.Path);
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Accounts:PasswordIterations", "1000");
        foreach (var (name, value) in settings) builder.UseSetting(name, value);
        if (Clock is not null) builder.ConfigureTestServices(services => services.RemoveAll<TimeProvider>().AddSingleton<TimeProvider>(Clock));
        if (Filter is not null) builder.ConfigureTestServices(services => services.AddSingleton(Filter));
        if (Provider is not null)
            builder.ConfigureTestServices(services => services.RemoveAll<IProvider>().AddSingleton<IProvider>(Provider));
        if (Beside is not null) builder.ConfigureTestServices(services => services.AddSingleton(Beside));
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        folder.Dispose();
    }
}

/// <summary>Somebody with a key.</summary>
public sealed record Caller(Guid Account, HttpClient Http, string Key)
{
    public async Task<(HttpStatusCode Status, JsonElement Body)> Post(string path, object body, string? idempotencyKey = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = JsonContent.Create(body) };
        if (idempotencyKey is not null) request.Headers.Add("Idempotency-Key", idempotencyKey);
        return await Send(request);
    }

    public Task<(HttpStatusCode Status, JsonElement Body)> PostText(string path, string body, string contentType = "application/json") =>
        Send(new HttpRequestMessage(HttpMethod.Post, path) { Content = new StringContent(body, Encoding.UTF8, contentType) });

    public Task<(HttpStatusCode Status, JsonElement Body)> Get(string path) => Send(new HttpRequestMessage(HttpMethod.Get, path));

    public Task<(HttpStatusCode Status, JsonElement Body)> Delete(string path) => Send(new HttpRequestMessage(HttpMethod.Delete, path));

    public Task<(HttpStatusCode Status, JsonElement Body)> Patch(string path, object body) =>
        Send(new HttpRequestMessage(HttpMethod.Patch, path) { Content = JsonContent.Create(body) });

    public Task<(HttpStatusCode Status, JsonElement Body)> Put(string path, object body) =>
        Send(new HttpRequestMessage(HttpMethod.Put, path) { Content = JsonContent.Create(body) });

    /// <summary>Asks until it has ended.</summary>
    public async Task<JsonElement> Ended(Guid generation, int seconds = 60)
    {
        for (var waited = 0; waited < seconds * 20; waited++)
        {
            var (_, body) = await Get($"/v1/generations/{generation}");
            var data = body.GetProperty("data");
            if (data.GetProperty("status").GetString() is "completed" or "failed" or "cancelled") return data;
            await Task.Delay(50);
        }
        throw new TimeoutException($"Generation {generation} has not ended within {seconds} s.");
    }

    public async Task<long> Balance() => (await Get("/v1/credits/balance")).Body.GetProperty("data").GetProperty("balance").GetInt64();

    private async Task<(HttpStatusCode, JsonElement)> Send(HttpRequestMessage request)
    {
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement);
    }
}
