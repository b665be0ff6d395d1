using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Accounts;
using Rpd.Server.OpenApi;
using Rpd.Server.Tests.Gallery;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.OpenApi;

/// <summary>A server where every operation of the description can be called: somebody with credits, and one of everything that an id can name.</summary>
public sealed class World : IAsyncDisposable
{
    private readonly Dictionary<string, string> ids = [];
    private readonly Dictionary<string, string> secrets = [];

    private World(App app, Caller caller, Contract contract) => (App, Caller, Contract) = (app, caller, contract);

    public App App { get; }

    public Caller Caller { get; }

    public Contract Contract { get; }

    /// <summary>Where it listens, when it does.</summary>
    public string Address => App.ClientOptions.BaseAddress.ToString().TrimEnd('/');

    public static Task<World> Start(TestPostgres postgres, IStartupFilter? filter = null) => Start(postgres, app =>
    {
        app.Filter = filter;
        // Before the first client, for those that listen to what a handler asks for.
        app.Server.PreserveExecutionContext = true;
    });

    /// <summary>On a port, for programs of others.</summary>
    public static Task<World> Serve(TestPostgres postgres, IStartupFilter filter) => Start(postgres, app =>
    {
        app.Filter = filter;
        app.UseKestrel(0);
        app.StartServer();
    });

    /// <summary>Whether it is about things that are nobody's own, or that everybody has one of under the same name.</summary>
    public static bool Open(Operation operation) => new[] { "/v1/models/", "/v1/explore/", "/v1/social/", "/v1/provider-keys/", "/v1/admin/" }.Any(start => operation.Path.StartsWith(start, StringComparison.Ordinal));

    private static async Task<World> Start(TestPostgres postgres, Action<App> prepare)
    {
        var app = await App.Scripted(postgres, ("Plans:business:GeneralPerMinute", "1000000"), ("Plans:business:GenerationsPerMinute", "1000000"), ("PORT", "0"), ("Webhooks:Concurrency", "0"),
            // Nobody answers there: what is stored is stored with a notice.
            ("Providers:kling:BaseUrl", "http://127.0.0.1:9"));
        prepare(app);
        var caller = await app.Caller(credits: 100_000, admin: true);
        var world = new World(app, caller, await Contract.Of(caller.Http));
        await world.Prepare();
        return world;
    }

    /// <summary>The path with the ids of things that are there.</summary>
    /// <param name="mine">Where there is a choice, of a thing that only its owner may see.</param>
    public string PathOf(Operation operation, bool mine = false)
    {
        var path = operation.Path;
        foreach (var parameter in Contract.Parameters(operation, "path"))
        {
            var name = $"{{{parameter["name"]}}}";
            var start = path[..path.IndexOf(name, StringComparison.Ordinal)];
            var id = (mine ? secrets.GetValueOrDefault(start) : null) ?? ids.GetValueOrDefault(operation.Id) ?? ids.GetValueOrDefault(start) ?? throw new InvalidOperationException($"{operation} needs an id: prepare one for {start} in {nameof(World)}.");
            path = start + id + path[(start.Length + name.Length)..];
        }
        return path;
    }

    public async Task<Answer> Call(Operation operation, JsonNode? body, string? query = null)
    {
        using var request = new HttpRequestMessage(new HttpMethod(operation.Method), PathOf(operation) + query);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await Caller.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new(response.StatusCode, text.Length == 0 ? null : JsonNode.Parse(text), response.Headers.Concat(response.Content.Headers).ToDictionary(header => header.Key, header => string.Join(',', header.Value), StringComparer.OrdinalIgnoreCase));
    }

    public ValueTask DisposeAsync() => App.DisposeAsync();

    private async Task Prepare()
    {
        await SomebodyWithAPassword();
        await CodeOfTheExample();
        var published = await Generation("a meadow", "public");
        await Caller.Ended(Guid.Parse(published));
        ids["/v1/generations/"] = ids["/v1/explore/"] = published;
        ids["cancelGeneration"] = await Generation("hang on");
        var batch = await Caller.Post("/v1/batch", new { items = new[] { new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill" } } });
        ids["/v1/batch/"] = batch.Body.GetProperty("data").GetProperty("batchId").GetString()!;
        ids["/v1/social/profile/"] = ids["/v1/social/follow/"] = (await App.Caller()).Account.ToString();
        ids["/v1/collections/"] = await Made("/v1/collections", new { name = "kept" });
        // The examples name it.
        ids[$"/v1/collections/{ids["/v1/collections/"]}/items/"] = (await App.Work(Caller.Account, named: Guid.Parse(Rpd.Server.OpenApi.Examples.Id))).ToString();
        ids["deleteCollection"] = await Made("/v1/collections", new { name = "to be deleted" });
        ids["/v1/templates/"] = await Made("/v1/templates", new { title = "kept", type = "text2image", prompt = "a hill" });
        ids["deleteTemplate"] = await Made("/v1/templates", new { title = "to be deleted", type = "text2image", prompt = "a hill" });
        secrets["/v1/generations/"] = await Generation("a secret");
        await Caller.Ended(Guid.Parse(secrets["/v1/generations/"]));
        ids["/v1/models/"] = ids["/v1/admin/models/"] = "studio-sketch";
        ids["/v1/admin/providers/"] = "studio";
        ids["/v1/admin/users/"] = Caller.Account.ToString();
        ids["/v1/files/"] = await Files.Uploader.FileOfTheExamples(App, Caller);
        ids["/v1/keys/"] = await Made("/v1/keys", new { name = "test", scopes = new[] { "read" } });
        var webhook = new { url = "https://example.com/hook", events = new[] { "generation.completed" } };
        ids["/v1/webhooks/"] = await Made("/v1/webhooks", webhook);
        ids[$"/v1/webhooks/{ids["/v1/webhooks/"]}/deliveries/"] = await Made($"/v1/webhooks/{ids["/v1/webhooks/"]}/test", new { });
        ids["deleteWebhook"] = await Made("/v1/webhooks", webhook);
        ids["/v1/provider-keys/"] = "kling";
        using (var stored = await Caller.Http.PutAsync(new Uri("/v1/provider-keys/kling", UriKind.Relative), new StringContent("""{"apiKey":"a-key-of-the-world"}""", Encoding.UTF8, "application/json")))
            stored.EnsureSuccessStatusCode();
        ids["/v1/custom-models/"] = await CustomModel();
        ids["deleteCustomModel"] = await CustomModel();
        ids["revokeAPIKey"] = await Made("/v1/keys", new { name = "to be revoked", scopes = new[] { "read" } });
    }

    /// <summary>Whom the example of a token names.</summary>
    private async Task SomebodyWithAPassword()
    {
        using var scope = App.Services.CreateScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var account = TestAccount.New("free");
        account.Email = account.UserName = "ada@example.org";
        account.NormalizedEmail = account.NormalizedUserName = EmailAddress.Normalized("ada@example.org");
        account.PasswordHash = await App.Services.GetRequiredService<Passwords>().Hash("a quiet river bends", CancellationToken.None);
        db.Accounts.Add(account);
        await db.SaveChangesAsync();
    }

    /// <summary>For an operation that can be done once: what it takes is there again.</summary>
    public Task Anew(Operation operation) => operation.Path == "/v1/credits/redeem" ? CodeOfTheExample() : Task.CompletedTask;

    private async Task CodeOfTheExample()
    {
        var code = Contract.Operations.Single(operation => operation.Path == "/v1/credits/redeem").Example!["code"]!.GetValue<string>();
        await App.Execute("delete from redeem_codes");
        await App.Execute("""
            with batch as (insert into code_batches (id, note, credits, bucket, codes, uses_per_code, created_at) values (gen_random_uuid(), 'of the example', 100, 'promo', 1, 1, now()) returning id)
            insert into redeem_codes (id, batch_id, hash, last4) select gen_random_uuid(), id, $1, right($2, 4) from batch
            """, App.Services.GetRequiredService<Rpd.Server.Promotions.CodeText>().Hash(code), code);
    }

    /// <summary>Of the example, trained and deployed.</summary>
    private async Task<string> CustomModel()
    {
        var (_, made) = await Caller.PostText("/v1/custom-models", Contract.Operations.Single(operation => operation is { Path: "/v1/custom-models", Method: "POST" }).Example!.ToJsonString());
        var id = made.GetProperty("data").GetProperty("id").GetString()!;
        while ((await Caller.Get($"/v1/custom-models/{id}")).Body.GetProperty("data").GetProperty("status").GetString() != "ready") await Task.Delay(10);
        await Caller.Post($"/v1/custom-models/{id}/deploy", new { });
        return id;
    }

    private Task<string> Generation(string prompt, string visibility = "private") =>
        Made("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt, visibility });

    private async Task<string> Made(string path, object body)
    {
        var (status, answer) = await Caller.Post(path, body);
        return status == HttpStatusCode.Created ? answer.GetProperty("data").GetProperty("id").GetString()! : throw new InvalidOperationException($"{path} answered {status}: {answer}");
    }
}

public sealed record Answer(HttpStatusCode Status, JsonNode? Body, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>Its code, or where OpenAI has none for it, its kind.</summary>
    public string? Code => (Body?["error"]?["code"] ?? Body?["error"]?["type"])?.GetValue<string>();

    public IReadOnlyList<string> Fields => [.. (Body?["error"]?["details"]?.AsArray() ?? []).Select(detail => detail!["field"]!.GetValue<string>()), .. Param];

    // OpenAI's word for the first of them.
    private IEnumerable<string> Param => Body?["error"] is JsonObject error && error["param"]?.GetValue<string>() is { } param ? [param] : [];
}
