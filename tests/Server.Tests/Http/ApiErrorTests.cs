using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Generations.GenerationMoneyTests;

namespace Rpd.Server.Tests.Http;

public sealed class ApiErrorTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_fault_of_ours_is_told_with_the_id_of_the_call_and_nothing_of_our_insides()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        await app.Execute("alter table publications rename to hidden");

        using var broken = await caller.Http.GetAsync(new Uri("/v1/explore", UriKind.Relative));
        var text = await broken.Content.ReadAsStringAsync();

        var (error, id) = Refused(broken, text);
        Assert.Equal((HttpStatusCode.InternalServerError, "INTERNAL_ERROR"), (broken.StatusCode, error.GetProperty("code").GetString()));
        Assert.Equal(id, error.GetProperty("requestId").GetString());
        Assert.Contains(id, error.GetProperty("message").GetString(), StringComparison.Ordinal);
        foreach (var inside in new[] { "   at ", "Exception", "Npgsql", "42P01", "publications" }) Assert.DoesNotContain(inside, text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_there_now_names_the_call_and_what_the_caller_did_wrong_does_not()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();

        using var unavailable = await caller.Http.PostAsJsonAsync("/v1/generations", new { type = "text2video", provider = "kling", model = "kling-3.0", prompt = "a dog" });
        using var missing = await caller.Http.GetAsync(new Uri($"/v1/generations/{Guid.NewGuid()}", UriKind.Relative));
        using var nowhere = await caller.Http.GetAsync(new Uri("/v1/nothing", UriKind.Relative));
        using var wrong = await caller.Http.PostAsJsonAsync("/v1/generations", new { });

        var (error, id) = Refused(unavailable, await unavailable.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "PROVIDER_UNAVAILABLE", id), (unavailable.StatusCode, error.GetProperty("code").GetString(), error.GetProperty("requestId").GetString()));
        foreach (var (answer, status) in new[] { (missing, 404), (nowhere, 404), (wrong, 400) })
        {
            var (refusal, _) = Refused(answer, await answer.Content.ReadAsStringAsync());
            Assert.Equal(status, (int)answer.StatusCode);
            Assert.False(refusal.TryGetProperty("requestId", out _));
        }
    }

    [Fact]
    public async Task A_server_without_a_connection_to_spare_says_when_to_come_back()
    {
        var database = await postgres.CreateDatabase();
        await using var app = await App.Scripted(postgres, ("ConnectionStrings:Postgres", database + ";Maximum Pool Size=16;Timeout=1"), ("Jobs:SlowWorkers", "0"));
        using var stranger = app.CreateClient();
        using (var before = await stranger.GetAsync(new Uri("/v1/explore", UriKind.Relative))) Assert.Equal(HttpStatusCode.OK, before.StatusCode);
        var held = new List<Npgsql.NpgsqlConnection>();
        // The server holds some for itself, so the last one is the one that cannot be had.
        await Assert.ThrowsAsync<Npgsql.NpgsqlException>(async () => { while (held.Count <= 16) held.Add(await app.Database.OpenConnectionAsync()); });

        using var busy = await stranger.GetAsync(new Uri("/v1/explore?sort=top", UriKind.Relative));
        var (error, id) = Refused(busy, await busy.Content.ReadAsStringAsync());
        foreach (var connection in held) await connection.DisposeAsync();
        using var after = await stranger.GetAsync(new Uri("/v1/explore?sort=top", UriKind.Relative));

        Assert.Equal((HttpStatusCode.ServiceUnavailable, "PROVIDER_UNAVAILABLE", id), (busy.StatusCode, error.GetProperty("code").GetString(), error.GetProperty("requestId").GetString()));
        Assert.Equal(TimeSpan.FromSeconds(1), busy.Headers.RetryAfter!.Delta);
        Assert.Equal(HttpStatusCode.OK, after.StatusCode);
    }

    [Fact]
    public async Task A_generation_that_could_not_be_queued_takes_no_credits()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller(credits: 10);
        await app.Execute("alter table generation_slots rename to hidden");

        using var broken = await caller.Http.PostAsJsonAsync("/v1/generations", Sketch("a hill"));
        var (error, id) = Refused(broken, await broken.Content.ReadAsStringAsync());
        await app.Execute("alter table hidden rename to generation_slots");

        Assert.Equal((HttpStatusCode.InternalServerError, "QUEUE_ERROR", id), (broken.StatusCode, error.GetProperty("code").GetString(), error.GetProperty("requestId").GetString()));
        Assert.Equal(10, await caller.Balance());
        Assert.Equal(0, await app.Scalar<long>("select count(*) from generations"));
        await Sound(app);
    }

    [Fact]
    public async Task What_is_administrators_is_refused_to_keys_of_people_who_are_none()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        await app.Execute("update api_keys set scopes = array_append(scopes, 'admin') where account_id = $1", caller.Account);
        using var stranger = app.CreateClient();

        foreach (var path in new[] { "/v1/admin/usage", "/v1/admin/users", $"/v1/admin/users/{caller.Account}", "/v1/admin/generations" })
            foreach (var (http, status, code) in new[] { (caller.Http, HttpStatusCode.Forbidden, "FORBIDDEN"), (stranger, HttpStatusCode.Unauthorized, "UNAUTHORIZED") })
            {
                using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
                var (error, _) = Refused(answer, await answer.Content.ReadAsStringAsync());
                Assert.Equal((path, status, code), (path, answer.StatusCode, error.GetProperty("code").GetString()));
            }
    }

    private static (JsonElement Error, string Id) Refused(HttpResponseMessage answer, string body)
    {
        var json = JsonDocument.Parse(body).RootElement;
        Assert.False(json.GetProperty("success").GetBoolean());
        return (json.GetProperty("error"), answer.Headers.GetValues("X-Request-Id").Single());
    }
}
