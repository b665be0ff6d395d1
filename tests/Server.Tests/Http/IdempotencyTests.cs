using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Http;

/// <summary>What the group does for every POST. Keys stand for those that cost nothing; generations, which cost credits, have tests of their own.</summary>
public sealed class IdempotencyTests(TestPostgres postgres, SharedScriptedApp scripted) : IClassFixture<SharedScriptedApp>
{
    private static readonly object Wish = new { name = "twice", scopes = new[] { "read" } };

    [Fact]
    public async Task Twenty_at_once_make_one_and_the_answer_is_repeated_without_its_secret()
    {
        await using var app = await App.Scripted(postgres, ("Plans:business:GeneralPerMinute", "100000"));
        var caller = await app.Caller();

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => caller.Post("/v1/keys", Wish, "key-1")));
        var (again, repeated) = await caller.Post("/v1/keys", Wish, "key-1");

        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.Conflict));
        Assert.Single(answers, answer => answer.Status == HttpStatusCode.Created && answer.Body.GetProperty("data").TryGetProperty("secret", out var secret) && secret.ValueKind == JsonValueKind.String);
        Assert.Equal(HttpStatusCode.Created, again);
        Assert.False(repeated.GetProperty("data").TryGetProperty("secret", out _));
        Assert.Equal(2, await app.Scalar<long>("select count(*) from api_keys where account_id = $1", caller.Account));
        Assert.Equal(0, await app.Scalar<long>("select count(*) from idempotent_requests where convert_from(body, 'UTF8') like '%rpd\\_sk\\_%'"));
    }

    [Fact]
    public async Task The_first_answer_comes_again_with_its_location_and_a_sign()
    {
        var app = scripted.App;
        var caller = await app.Caller();
        using var first = await Post(caller, "/v1/keys", "key-1");
        using var second = await Post(caller, "/v1/keys", "key-1");

        Assert.False(first.Headers.Contains("Idempotent-Replayed"));
        Assert.Equal("true", second.Headers.GetValues("Idempotent-Replayed").Single());
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.NotNull(second.Headers.Location);
    }

    [Fact]
    public async Task Another_body_or_another_path_is_a_mismatch()
    {
        var app = scripted.App;
        var caller = await app.Caller();
        await caller.Post("/v1/keys", Wish, "key-1");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await caller.Post("/v1/keys", new { name = "other", scopes = new[] { "read" } }, "key-1")).Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await caller.Post("/v1/credits/estimate", Wish, "key-1")).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Post("/v1/keys", Wish, new string('k', 256))).Status);
    }

    [Fact]
    public async Task A_refusal_stores_nothing()
    {
        var app = scripted.App;
        var caller = await app.Caller();

        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Post("/v1/keys", new { name = "" }, "key-1")).Status);
        Assert.Equal(HttpStatusCode.Created, (await caller.Post("/v1/keys", Wish, "key-1")).Status);
    }

    [Fact]
    public async Task While_one_runs_the_other_is_told_to_come_back()
    {
        var app = scripted.App;
        var caller = await app.Caller();
        await using var connection = await app.Database.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = new Npgsql.NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 5080))", connection) { Parameters = { new() { Value = $"{caller.Account:N}:api:key-1" } } })
            await hold.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);

        using var refused = await Post(caller, "/v1/keys", "key-1");

        Assert.Equal((HttpStatusCode.Conflict, "1"), (refused.StatusCode, refused.Headers.GetValues("Retry-After").Single()));
    }

    [Fact]
    public async Task More_keyed_requests_than_there_are_connections_get_through()
    {
        await using var app = await App.Scripted(postgres, ("Plans:business:GeneralPerMinute", "100000"), ("Plans:business:GenerationsPerMinute", "100000"), ("Jobs:SlowWorkers", "0"));
        var caller = await app.Caller();
        var body = new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 3 * TestPostgres.PoolMax).Select(number => number % 2 == 0
            ? caller.Post("/v1/generations", body, $"key-{number}") : caller.Post("/v1/credits/estimate", body, $"key-{number}")));

        Assert.All(answers, answer => Assert.True(answer.Status is HttpStatusCode.Created or HttpStatusCode.OK));
    }

    private static async Task<HttpResponseMessage> Post(Caller caller, string path, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = System.Net.Http.Json.JsonContent.Create(Wish) };
        request.Headers.Add("Idempotency-Key", key);
        return await caller.Http.SendAsync(request);
    }
}
