using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc.Testing.Handlers;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Rpd.Server.Accounts;
using Rpd.Server.ApiKeys;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Server.Jobs;
using Rpd.Server.Live;
using Rpd.Server.Mail;
using Rpd.Server.Media;
using Rpd.Server.Plans;
using Rpd.Server.Storage;
using Rpd.Server.Switches;
using Rpd.Server.Tests.Support;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Generations;
using Rpd.Web;

namespace Rpd.Server.Tests.Accounts;

/// <summary>The features of this folder behind real HTTP and a real database, with a clock that tests move. Jobs run when told to.</summary>
public sealed class AccountsHost : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly TestFolder data;

    private AccountsHost(WebApplication app, TestFolder data, TestClock clock, LogLines logs) => (this.app, this.data, Clock, Logs) = (app, data, clock, logs);

    public TestClock Clock { get; }

    public LogLines Logs { get; }

    public IServiceProvider Services => app.Services;

    public NpgsqlDataSource Database => Services.GetRequiredService<NpgsqlDataSource>();

    public static async Task<AccountsHost> Start(TestPostgres postgres, params (string Name, string Value)[] settings)
    {
        var connection = await postgres.CreateDatabase();
        var (data, clock, logs) = (new TestFolder(), new TestClock(), new LogLines());
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders().AddProvider(logs).SetMinimumLevel(LogLevel.Debug);
        var settingsNow = builder.Configuration;
        (settingsNow["DATA_DIR"], settingsNow["Accounts:PasswordIterations"], settingsNow["Plans:free:ChatTier"]) = (data.Path, "1000", "Developer");
        foreach (var limit in new[] { "GeneralPerMinute", "GenerationsPerMinute", "ChatRequestsPerMinute", "ChatTokensPerMinute", "ConcurrentJobs", "StorageBytesMax", "UploadBytesMax" })
            settingsNow["Plans:free:" + limit] ??= "10";
        foreach (var (name, value) in settings) settingsNow[name] = value;

        var services = builder.Services;
        services.AddSingleton<TimeProvider>(clock).AddSingleton(_ => NpgsqlDataSource.Create(connection));
        services.AddDbContext<AppDb>((provider, options) => options.UseNpgsql(provider.GetRequiredService<NpgsqlDataSource>()));
        services.AddSingleton(ApiAnswers.Native).AddSingleton<FaceList>().AddSingleton<RateLimits>().AddSingleton<Cursors>().AddSingleton<JobBell>().AddSingleton<JobKinds>().AddSingleton<CreditLedger>();
        services.AddOptions<CreditOptions>().BindConfiguration("Credits");
        services.AddSingleton(provider => provider.GetRequiredService<Microsoft.Extensions.Options.IOptions<CreditOptions>>().Value);
        services.AddLive().AddOutputCache().AddSingleton(new LiveSource((_, _, _) => Task.FromResult<IReadOnlyList<Nudge>>([]), (_, _, _) => Task.FromResult<IReadOnlyList<QueuePlace>>([]), _ => { }));
        services.AddSwitches().AddWeb().AddPages(settingsNow).AddStorage(settingsNow, data.Path).AddMedia().AddMail(settingsNow, data.Path).AddPlans(settingsNow).AddAccounts(settingsNow).AddApiKeys(settingsNow);

        var app = builder.Build();
        app.Use((http, next) =>
        {
            http.Connection.RemoteIpAddress = IPAddress.Parse(http.Request.Headers.TryGetValue("X-Test-Address", out var address) ? address.ToString() : "198.51.100.7");
            return next(http);
        });
        app.UseAuthentication().UseAuthorization().UseAntiforgery().UseFormsOfStrangers().UseCredentials();
        app.MapGet("/test/token", (HttpContext http, IAntiforgery forms) => forms.GetAndStoreTokens(http).RequestToken);
        app.MapGet("/test/me", (HttpContext http) => http.User.AccountId()?.ToString() ?? "nobody");
        var pages = app.MapPages();
        pages.MapAccounts();
        var api = app.MapGroup("/v1");
        pages.MapApiKeys(api);
        api.MapGet("/test/read", (HttpContext http) => http.Credential().AccountId).Needs(Scopes.Read);
        api.MapGet("/test/optional", (HttpContext http) => http.OptionalCredential() is not null).TakesCredential();
        await app.StartAsync();
        return new(app, data, clock, logs);
    }

    /// <summary>A browser: it keeps cookies and stays where it is on a redirect.</summary>
    public Browser Open(string address = "198.51.100.7") => new(new HttpClient(new CookieContainerHandler { InnerHandler = app.GetTestServer().CreateHandler() })
    {
        BaseAddress = new("http://localhost"),
        DefaultRequestHeaders = { { "X-Test-Address", address }, { "User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0" } },
    });

    public IReadOnlyList<string> Forms() => [.. Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        .Where(endpoint => endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("POST") == true && !endpoint.RoutePattern.RawText!.StartsWith("/v1", StringComparison.Ordinal))
        .Select(endpoint => endpoint.RoutePattern.RawText!)];

    /// <summary>Runs what is queued, and what that queues.</summary>
    public async Task RunJobs()
    {
        while (true)
        {
            await using var scope = Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AppDb>();
            if (await db.Jobs.AsNoTracking().OrderBy(job => job.Id).FirstOrDefaultAsync() is not { } job) return;
            var handler = (IJob)scope.ServiceProvider.GetRequiredService(Services.GetRequiredService<JobKinds>().Find(job.Kind)!);
            Assert.Equal(JobResult.Done, await handler.Run(new(job.Id, job.Kind, job.Args, 1, 8, 1), default));
            await db.Jobs.Where(row => row.Id == job.Id).ExecuteDeleteAsync();
        }
    }

    /// <summary>Every letter to an address, the oldest first.</summary>
    public async Task<IReadOnlyList<string>> Letters(string to)
    {
        await RunJobs();
        var outbox = data.Below("outbox");
        if (!Directory.Exists(outbox)) return [];
        return [.. Directory.GetFiles(outbox, "*.eml").OrderBy(File.GetLastWriteTimeUtc).Select(File.ReadAllText).Where(text => text.Contains($"\r\nTo: {to}\r\n", StringComparison.Ordinal))];
    }

    /// <summary>The path of the link in the newest letter.</summary>
    public async Task<string> Link(string to) =>
        new Uri((await Letters(to))[^1].Split("\r\n").First(line => line.StartsWith("http", StringComparison.Ordinal))).PathAndQuery;

    public async Task<T> Scalar<T>(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Execute(string sql)
    {
        await using var command = Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        data.Dispose();
    }
}
