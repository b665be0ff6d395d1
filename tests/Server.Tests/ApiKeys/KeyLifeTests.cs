using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Accounts;
using Rpd.Server.Tests.Support;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.Tests.ApiKeys;

public sealed class KeyLifeTests(TestPostgres postgres)
{
    [Fact]
    public async Task Rotation_keeps_the_id_and_lets_the_old_secret_live_for_its_grace()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        var old = await user.Reader();
        Assert.Equal(200, await user.Status(old.Secret));
        var (_, rotated) = await user.Call(user.Manager, HttpMethod.Post, $"/v1/keys/{old.Id}/rotate", new { graceDays = 2 });
        var fresh = rotated.GetProperty("data").GetProperty("secret").GetString()!;
        Assert.Equal(old.Id, rotated.GetProperty("data").GetProperty("id").GetGuid());
        Assert.Equal((200, 200), (await user.Status(old.Secret), await user.Status(fresh)));
        host.Clock.Advance(TimeSpan.FromDays(2));
        Assert.Equal((401, 200), (await user.Status(old.Secret), await user.Status(fresh)));
        Assert.Contains("replaced", await user.Message(old.Secret), StringComparison.Ordinal);

        var (_, again) = await user.Call(user.Manager, HttpMethod.Post, $"/v1/keys/{old.Id}/rotate");
        Assert.Equal((401, 200), (await user.Status(fresh), await user.Status(again.GetProperty("data").GetProperty("secret").GetString()!)));
        foreach (var days in new[] { -1, 8 })
            Assert.Equal(400, (await user.Call(user.Manager, HttpMethod.Post, $"/v1/keys/{old.Id}/rotate", new { graceDays = days })).Status);
    }

    [Fact]
    public async Task Everything_wrong_with_a_wish_is_said_at_once()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        var (status, body) = await user.Call(user.Manager, HttpMethod.Post, "/v1/keys", new
        {
            name = " ",
            scopes = new[] { "read", "fly" },
            expiresAt = "yesterday",
            cap = new { credits = 0, period = "year" },
            allowedIps = new[] { "10.0.0.0/8", "nowhere" },
            prefix = "sk",
        });
        Assert.Equal(400, status);
        Assert.Equal(["allowedIps", "cap.credits", "cap.period", "expiresAt", "name", "prefix", "scopes"],
            body.GetProperty("error").GetProperty("details").EnumerateArray().Select(error => error.GetProperty("field").GetString()).Order());
        Assert.Equal(400, (await user.Call(user.Manager, HttpMethod.Post, "/v1/keys", new { name = "late", scopes = new[] { "read" }, expiresAt = host.Clock.GetUtcNow().AddYears(11) })).Status);
        Assert.Equal(400, (await user.Call(user.Manager, HttpMethod.Post, "/v1/keys", new { name = "half", scopes = new[] { "read" }, cap = new { credits = 5 } })).Status);
    }

    [Fact]
    public async Task A_key_is_shown_as_made_and_changed_and_never_with_its_secret_again()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        var made = await user.Create(new { name = "capped", scopes = new[] { "read" }, cap = new { credits = 500, period = "week" }, prefix = "rk_live" });
        Assert.StartsWith("rk_live_", made.Secret, StringComparison.Ordinal);
        await host.Execute($"insert into api_key_spend values ('{made.Id}', 'week', '2031-03-03Z', 120), ('{made.Id}', 'week', '2031-02-24Z', 400)");
        var key = await Read();
        Assert.Equal((500, "week", 120), (key.GetProperty("cap").GetProperty("credits").GetInt64(), key.GetProperty("cap").GetProperty("period").GetString(), key.GetProperty("cap").GetProperty("spent").GetInt64()));
        Assert.Equal(("active", made.Secret[^4..]), (key.GetProperty("status").GetString(), key.GetProperty("last4").GetString()));
        Assert.DoesNotContain(made.Secret, key.ToString(), StringComparison.Ordinal);

        Assert.Equal(200, (await user.Call(user.Manager, HttpMethod.Patch, $"/v1/keys/{made.Id}", new { name = "renamed", cap = (object?)null, allowedIps = new[] { "192.0.2.1" } })).Status);
        key = await Read();
        Assert.Equal(("renamed", JsonValueKind.Null, "192.0.2.1/32"), (key.GetProperty("name").GetString(), key.GetProperty("cap").ValueKind, key.GetProperty("allowedIps")[0].GetString()));
        var (_, list) = await user.Call(user.Manager, HttpMethod.Get, "/v1/keys");
        // With the manager's own two, live and test.
        Assert.Equal(3, list.GetProperty("data").GetArrayLength());

        async Task<JsonElement> Read() => (await user.Call(user.Manager, HttpMethod.Get, $"/v1/keys/{made.Id}")).Body.GetProperty("data");
    }

    [Fact]
    public async Task A_key_hands_on_no_more_than_it_has()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host, admin: true);
        var administrator = (await user.Call(user.Manager, HttpMethod.Get, "/v1/keys")).Body.GetProperty("data")[0].GetProperty("id").GetGuid();
        Assert.Equal(400, (await user.Call(user.Manager, HttpMethod.Post, "/v1/keys", new { name = "crown", scopes = new[] { "admin" } })).Status);
        var (_, manager) = await user.Create(new { name = "manager", scopes = new[] { "manage", "read" } });
        Assert.Equal(400, (await user.Call(manager, HttpMethod.Post, "/v1/keys", new { name = "spender", scopes = new[] { "generate" } })).Status);
        await user.Create(new { name = "reader", scopes = new[] { "read" } }, by: manager);
        // Nor does it get at the secret of a key that may do more.
        Assert.Equal(403, (await user.Call(manager, HttpMethod.Post, $"/v1/keys/{administrator}/rotate")).Status);

        var browser = host.Open();
        await browser.SignIn("ada@example.org", KeyUser.Password);
        var refused = await browser.Post("/keys", ("name", "crown"), ("scopes", "admin"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Equal(1L, await host.Scalar<long>("select count(*) from api_keys where 'admin' = any(scopes)"));
    }

    [Fact]
    public async Task Its_owner_changes_a_key_in_the_browser_and_loses_nothing_typed()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        var key = await user.Create(new { name = "website", scopes = new[] { "read" }, cap = new { credits = 500, period = "week" }, allowedIps = new[] { "192.0.2.1" } });
        var browser = host.Open();
        await browser.SignIn("ada@example.org", KeyUser.Password);
        var path = $"/keys/{key.Id}/change";

        foreach (var (fields, says) in new ((string, string)[], string[])[]
        {
            ([("name", " "), ("capCredits", "lots"), ("capPeriod", "day"), ("allowedIps", "10.0.0.0/8 nowhere")], ["Give the key a name.", "whole number of credits", "&quot;nowhere&quot; is neither", "value=\"lots\"", "10.0.0.0/8 nowhere</textarea>", "3 fields need another look."]),
            ([("name", "shop"), ("capCredits", "0"), ("capPeriod", "day")], ["The cap must be between 1 and", "value=\"shop\"", "<option value=\"day\" selected"]),
        })
        {
            var refused = await browser.Post(path, fields);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            var page = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.All(says, words => Assert.Contains(words, page, StringComparison.Ordinal));
        }
        Assert.Equal("website 500 week {192.0.2.1/32}", await host.Scalar<string>($"select concat_ws(' ', name, cap_credits, cap_period, allowed_ips) from api_keys where id = '{key.Id}'"));

        Assert.Equal("/keys", (await browser.Post(path, ("name", " shop "), ("capCredits", ""), ("capPeriod", "month"), ("allowedIps", "198.51.100.7\n203.0.113.0/24"))).Headers.Location?.ToString());
        Assert.Equal("shop {198.51.100.7/32,203.0.113.0/24}", await host.Scalar<string>($"select concat_ws(' ', name, cap_credits, cap_period, allowed_ips) from api_keys where id = '{key.Id}'"));
        // At once, and the secret and what it may do stay.
        Assert.Equal((200, 403), (await user.Status(key.Secret), await user.Status(key.Secret, "198.51.100.8")));

        await host.Execute($"update api_keys set revoked_at = now() where id = '{key.Id}'");
        var late = await browser.Post(path, ("name", "again"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, late.StatusCode);
        Assert.Contains("This API key was revoked", await late.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Post($"/keys/{Guid.NewGuid()}/change", ("name", "nobody's"))).StatusCode);
        await KeyUser.Add(host, "eve@example.org");
        var eve = host.Open();
        await eve.SignIn("eve@example.org", KeyUser.Password);
        Assert.Equal(HttpStatusCode.NotFound, (await eve.Post(path, ("name", "mine"))).StatusCode);
    }

    [Fact]
    public async Task A_test_key_takes_no_cap_later_either()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        var key = await user.Create(new { name = "trying", scopes = new[] { "read" }, test = true });
        var (status, body) = await user.Call(user.Manager, HttpMethod.Patch, $"/v1/keys/{key.Id}", new { cap = new { credits = 5, period = "day" } });
        Assert.Equal((400, "cap"), (status, body.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString()));
        Assert.Equal(200, (await user.Call(user.Manager, HttpMethod.Patch, $"/v1/keys/{key.Id}", new { name = "tried", cap = (object?)null })).Status);
    }

    [Fact]
    public async Task A_key_with_a_limit_reads_keys_and_changes_none()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        var other = await user.Reader();
        foreach (var limit in new object[]
        {
            new { name = "capped", scopes = Scopes.Grantable, cap = new { credits = 5, period = "day" } },
            new { name = "ending", scopes = Scopes.Grantable, expiresAt = host.Clock.GetUtcNow().AddDays(1) },
            new { name = "office", scopes = Scopes.Grantable, allowedIps = new[] { "198.51.100.0/24" } },
        })
        {
            var limited = await user.Create(limit);
            Assert.Equal(200, (await user.Call(limited.Secret, HttpMethod.Get, "/v1/keys")).Status);
            Assert.Equal(403, (await user.Call(limited.Secret, HttpMethod.Post, "/v1/keys", new { name = "free", scopes = new[] { "read" } })).Status);
            Assert.Equal(403, (await user.Call(limited.Secret, HttpMethod.Patch, $"/v1/keys/{limited.Id}", new { allowedIps = Array.Empty<string>() })).Status);
            Assert.Equal(403, (await user.Call(limited.Secret, HttpMethod.Post, $"/v1/keys/{other.Id}/rotate")).Status);
        }
    }

    [Fact]
    public async Task A_key_changes_none_that_may_do_more_than_itself()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        var manager = await user.Create(new { name = "manager", scopes = new[] { "manage", "read" } });
        var (reader, spender) = (await user.Reader(), await user.Create(new { name = "spender", scopes = new[] { "generate" }, cap = new { credits = 5, period = "day" } }));
        Assert.Equal(200, (await user.Call(manager.Secret, HttpMethod.Patch, $"/v1/keys/{reader.Id}", new { name = "renamed" })).Status);
        Assert.Equal(403, (await user.Call(manager.Secret, HttpMethod.Patch, $"/v1/keys/{spender.Id}", new { cap = (object?)null })).Status);
        Assert.Equal(5L, await host.Scalar<long>($"select cap_credits from api_keys where id = '{spender.Id}'"));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"credits":5}""")]
    [InlineData("""{"period":"day"}""")]
    [InlineData("""{"credit":5,"period":"day"}""")]
    [InlineData("""{"credits":50,"period":"day","perKey":true}""")]
    [InlineData("""{"credits":null,"period":null}""")]
    [InlineData("[]")]
    public async Task A_mistyped_cap_is_refused_and_lifts_none(string cap)
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        var key = await user.Create(new { name = "capped", scopes = new[] { "read" }, cap = new { credits = 5, period = "day" } });
        var typed = JsonSerializer.Deserialize<JsonElement>(cap);
        Assert.Equal(400, (await user.Call(user.Manager, HttpMethod.Patch, $"/v1/keys/{key.Id}", new { cap = typed })).Status);
        Assert.Equal(400, (await user.Call(user.Manager, HttpMethod.Post, "/v1/keys", new { name = "new", scopes = new[] { "read" }, cap = typed })).Status);
        Assert.Equal(5L, await host.Scalar<long>($"select cap_credits from api_keys where id = '{key.Id}'"));
    }

    [Fact]
    public async Task Another_accounts_key_is_not_there()
    {
        await using var host = await AccountsHost.Start(postgres);
        var (ada, eve) = (await KeyUser.Add(host), await KeyUser.Add(host, "eve@example.org"));
        var key = await ada.Reader();
        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Patch, ""), (HttpMethod.Delete, ""), (HttpMethod.Post, "/rotate") })
            Assert.Equal(404, (await eve.Call(eve.Manager, method, $"/v1/keys/{key.Id}{path}", method == HttpMethod.Patch ? new { disabled = true } : null)).Status);
        Assert.Equal(200, await ada.Status(key.Secret));
    }

    [Fact]
    public async Task The_fifty_first_key_is_refused_also_when_ten_are_asked_for_at_once()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        for (var i = 0; i < 44; i++) await user.Reader();
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => user.Call(user.Manager, HttpMethod.Post, "/v1/keys", new { name = "one more", scopes = new[] { "read" } })));
        Assert.Equal((4, 6), (answers.Count(answer => answer.Status == 201), answers.Count(answer => answer.Status == 409)));
    }

    [Fact]
    public async Task The_page_shows_a_new_secret_once()
    {
        await using var host = await AccountsHost.Start(postgres);
        var user = await KeyUser.Add(host);
        var browser = host.Open();
        await browser.SignIn("ada@example.org", KeyUser.Password);
        var made = await browser.Post("/keys", ("name", "mine"), ("scopes", "read"), ("scopes", "generate"), ("capCredits", "50"), ("capPeriod", "day"), ("expiresInDays", "30"), ("allowedIps", "192.0.2.1\r\n2001:db8::/32"));
        Assert.Equal((HttpStatusCode.SeeOther, "/keys"), (made.StatusCode, made.Headers.Location?.ToString()));
        var cookie = made.Headers.GetValues("Set-Cookie").Single(value => value.StartsWith("rpd-new-key=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("rpd_sk_", cookie, StringComparison.Ordinal);
        var shown = await browser.Get("/keys");
        Assert.Contains(shown.Headers.GetValues("Set-Cookie"), value => value.StartsWith("rpd-new-key=;", StringComparison.Ordinal));
        Assert.True(shown.Headers.CacheControl?.NoStore);
        Assert.Matches("rpd_sk_[0-9A-Za-z]{32}_[0-9A-Za-z]{6}", await shown.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.DoesNotMatch("rpd_sk_[0-9A-Za-z]{32}_", await (await browser.Get("/keys")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("generate,read day 50 192.0.2.1/32,2001:db8::/32",
            await host.Scalar<string>("select (select string_agg(s, ',' order by s) from unnest(scopes) s) || ' ' || cap_period || ' ' || cap_credits || ' ' || array_to_string(allowed_ips, ',') from api_keys where name = 'mine'"));

        var id = await host.Scalar<Guid>("select id from api_keys where name = 'mine'");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post($"/keys/{id}/revoke", ("name", "yours"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post($"/keys/{id}/rotate", ("graceDays", "9"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Post($"/keys/{id}/disable")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Post($"/keys/{id}/rotate", ("graceDays", "1"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await browser.Post($"/keys/{id}/revoke", ("name", "mine"))).StatusCode);
        await browser.Post("/keys", ("name", "tasks"), ("scopes", "read"), ("prefix", "rk_live"));
        Assert.Matches("rk_live_[0-9A-Za-z]{32}_", await (await browser.Get("/keys")).Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        using var both = await browser.Post("/keys", ("name", "both"), ("scopes", "read"), ("prefix", "rk_live"), ("test", "true"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, both.StatusCode);
        Assert.Contains("A test key begins with rpd_sk_test.", await both.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post("/keys", ("capCredits", "many"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await browser.Post("/keys", ("name", "a\u0001b"), ("scopes", "read"))).StatusCode);
    }
}
