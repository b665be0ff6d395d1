using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Webhooks;

public sealed class WebhooksApiTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_webhook_is_made_read_changed_and_removed_and_its_secret_shown_once()
    {
        await using var app = await App.Start(postgres, WebhookUser.Settings);
        var caller = await app.Caller();
        using var response = await caller.Http.PostAsJsonAsync("/v1/webhooks", new { url = "https://example.com/hook", events = WebhookUser.AllEvents, description = " Mine " });
        var made = (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data");
        var id = made.GetProperty("id").GetGuid();

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal($"/v1/webhooks/{id}", response.Headers.Location?.ToString());
        Assert.True(response.Headers.CacheControl?.NoStore);
        var secret = made.GetProperty("secret").GetString()!;
        Assert.StartsWith("whsec_", secret, StringComparison.Ordinal);
        Assert.Equal(32, Convert.FromBase64String(secret[6..]).Length);
        Assert.DoesNotContain(secret, (await caller.Get("/v1/webhooks")).Body.ToString() + (await caller.Read(id)), StringComparison.Ordinal);
        Assert.DoesNotContain(secret[6..], await app.Scalar<string>("select secret from webhook_endpoints"), StringComparison.Ordinal);
        Assert.Equal(("https://example.com/hook", "Mine", "active"),
            ((await caller.Read(id)).GetProperty("url").GetString(), (await caller.Read(id)).GetProperty("description").GetString(), (await caller.Read(id)).GetProperty("status").GetString()));

        var changed = (await caller.Patch($"/v1/webhooks/{id}", new { url = "https://example.com/other", events = new[] { "credits.low" }, description = (string?)null, status = "disabled" })).Body.GetProperty("data");
        Assert.Equal(("https://example.com/other", "credits.low", "disabled"), (changed.GetProperty("url").GetString(), changed.GetProperty("events")[0].GetString(), changed.GetProperty("status").GetString()));
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("description").ValueKind);

        Assert.Equal(HttpStatusCode.OK, (await caller.Delete($"/v1/webhooks/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await caller.Delete($"/v1/webhooks/{id}")).Status);
        Assert.Equal(0, (await caller.Get("/v1/webhooks")).Body.GetProperty("data").GetArrayLength());
    }

    [Theory]
    [InlineData("{}", "url events")]
    [InlineData("""{"url":"not an address","events":[]}""", "url events")]
    [InlineData("""{"url":5,"events":"generation.completed","description":7}""", "url events description")]
    [InlineData("""{"url":"ftp://example.com","events":["generation.deleted"]}""", "url events")]
    [InlineData("""{"url":"http://example.com/plain","events":["credits.low"]}""", "url")]
    [InlineData("""{"url":"https://user:word@example.com/","events":["credits.low"]}""", "url")]
    [InlineData("""{"url":"https://example.com:22/","events":["credits.low"]}""", "url")]
    [InlineData("""{"url":"https://169.254.169.254/latest","events":["credits.low"]}""", "url")]
    [InlineData("""{"url":"https://[::1]/","events":["credits.low"]}""", "url")]
    public async Task Everything_that_is_wrong_is_named(string body, string fields)
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();

        var (status, answer) = await caller.PostText("/v1/webhooks", body);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(fields, string.Join(' ', answer.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()).Distinct()));
    }

    [Fact]
    public async Task Other_bad_input_is_named_too()
    {
        await using var app = await App.Start(postgres, WebhookUser.Settings);
        var caller = await app.Caller();
        var (id, _) = await caller.Webhook("https://example.com/hook");

        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Patch($"/v1/webhooks/{id}", new { status = "paused" })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Post($"/v1/webhooks/{id}/rotate", new { overlapHours = 1000 })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await caller.Get($"/v1/webhooks/{id}/deliveries?status=lost&cursor=x")).Status);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await caller.PostText("/v1/webhooks", "url=x", "application/x-www-form-urlencoded")).Status);
        Assert.Equal(HttpStatusCode.OK, (await caller.Patch($"/v1/webhooks/{id}", new { })).Status);
    }

    [Fact]
    public async Task What_belongs_to_somebody_else_is_not_there()
    {
        await using var app = await App.Start(postgres, WebhookUser.Settings);
        var (caller, other) = (await app.Caller(), await app.Caller());
        var (id, _) = await caller.Webhook("https://example.com/hook");
        await app.Happen(caller.Account);
        var delivery = (await caller.Deliveries(id))[0].GetProperty("id").GetGuid();

        (HttpStatusCode Status, JsonElement)[] answers =
        [
            await other.Get($"/v1/webhooks/{id}"), await other.Patch($"/v1/webhooks/{id}", new { status = "disabled" }), await other.Delete($"/v1/webhooks/{id}"),
            await other.Post($"/v1/webhooks/{id}/test", new { }), await other.Post($"/v1/webhooks/{id}/rotate", new { }), await other.Get($"/v1/webhooks/{id}/deliveries"),
            await other.Get($"/v1/webhooks/{id}/deliveries/{delivery}"), await other.Post($"/v1/webhooks/{id}/deliveries/{delivery}/redeliver", new { }),
        ];

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.NotFound, answer.Status));
        Assert.Equal("active", (await caller.Read(id)).GetProperty("status").GetString());
        Assert.Equal(0, (await other.Get("/v1/webhooks")).Body.GetProperty("data").GetArrayLength());
    }

    [Fact]
    public async Task An_account_has_twenty_webhooks_at_most_however_many_are_asked_for_at_once()
    {
        await using var app = await App.Start(postgres, WebhookUser.Settings);
        var caller = await app.Caller();

        var answers = await Task.WhenAll(Enumerable.Range(0, 25).Select(n => caller.Post("/v1/webhooks", new { url = $"https://example.com/{n}", events = WebhookUser.AllEvents })));

        Assert.Equal(20, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(5, answers.Count(answer => answer.Status == HttpStatusCode.Conflict));
        var first = (await caller.Get("/v1/webhooks?limit=15")).Body;
        var second = (await caller.Get($"/v1/webhooks?limit=15&cursor={first.GetProperty("pagination").GetProperty("nextCursor").GetString()}")).Body;
        Assert.Equal(20, first.GetProperty("data").EnumerateArray().Concat(second.GetProperty("data").EnumerateArray()).Select(item => item.GetProperty("id").GetGuid()).Distinct().Count());
    }

    [Fact]
    public async Task The_default_secret_stays_the_same_until_it_is_rotated()
    {
        await using var app = await App.Start(postgres, WebhookUser.Settings);
        var caller = await app.Caller();

        var secrets = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => caller.Get("/v1/webhooks/secret")));
        var secret = secrets.Select(answer => answer.Body.GetProperty("data").GetProperty("secret").GetString()).Distinct().Single();
        var rotated = (await caller.Post("/v1/webhooks/secret/rotate", new { overlapHours = 1 })).Body.GetProperty("data");

        Assert.NotEqual(secret, rotated.GetProperty("secret").GetString());
        Assert.Equal(rotated.GetProperty("secret").GetString(), (await caller.Get("/v1/webhooks/secret")).Body.GetProperty("data").GetProperty("secret").GetString());
        Assert.NotEqual(secret, (await (await app.Caller()).Get("/v1/webhooks/secret")).Body.GetProperty("data").GetProperty("secret").GetString());
    }

    [Fact]
    public async Task A_key_that_may_only_read_changes_nothing_and_sees_no_secret()
    {
        await using var app = await App.Start(postgres, WebhookUser.Settings);
        var caller = await app.Caller();
        var (id, _) = await caller.Webhook("https://example.com/hook");
        var (_, key) = await caller.Post("/v1/keys", new { name = "reader", scopes = new[] { "read" } });
        caller.Http.DefaultRequestHeaders.Remove("X-API-KEY");
        caller.Http.DefaultRequestHeaders.Add("X-API-KEY", key.GetProperty("data").GetProperty("secret").GetString());

        Assert.Equal(HttpStatusCode.OK, (await caller.Get($"/v1/webhooks/{id}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await caller.Get($"/v1/webhooks/{id}/deliveries")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.Get("/v1/webhooks/secret")).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.Post("/v1/webhooks", new { })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.Post($"/v1/webhooks/{id}/rotate", new { })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.Delete($"/v1/webhooks/{id}")).Status);
    }
}
