using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Admin;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Admin;

/// <summary>What holds for everybody: switches, announcements, the ledger's proof, providers, the audit's filters, and the same lists for programs.</summary>
public sealed class HouseAdminTests(SharedScriptedApp shared, TestPostgres postgres) : IClassFixture<SharedScriptedApp>
{
    private static readonly object Hill = new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill" };

    [Fact]
    public async Task What_is_switched_off_is_refused_with_words_until_it_is_on_again()
    {
        var admin = await Admin();
        var caller = await shared.App.Caller();
        var made = (await caller.Post("/v1/generations", Hill)).Body.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(made);
        var stranger = new PageVisitor(shared.App.CreateClient(new() { AllowAutoRedirect = false }));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post("/admin/switches", "/admin/switches/generations", ("on", "false"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/admin/switches", "/admin/switches/everything", ("on", "false"), ("reason", "why"))).StatusCode);

        foreach (var name in new[] { "generations", "publishing", "chat", "sign-up" }) await Flip(admin, name, on: false);
        try
        {
            Assert.Contains("switched off", await Refused(caller.Post("/v1/generations", Hill)), StringComparison.Ordinal);
            Assert.Contains("switched off", await Refused(caller.Post("/v1/batch", new { items = new[] { Hill } })), StringComparison.Ordinal);
            Assert.Contains("switched off", await Refused(caller.Patch($"/v1/generations/{made}", new { visibility = "public" })), StringComparison.Ordinal);
            Assert.Contains("switched off", await Refused(caller.Post("/v1/chat/completions", new { model = "rapshee-1", messages = new[] { new { role = "user", content = "hi" } } })), StringComparison.Ordinal);
            var signUp = await stranger.Post("/sign-up", "/sign-up", ("email", "new@example.org"), ("password", "a quiet river bends"));
            Assert.Contains("Sign-up is closed at the moment.", await signUp.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }
        finally
        {
            foreach (var name in new[] { "generations", "publishing", "chat", "sign-up" }) await Flip(admin, name, on: true);
        }
        Assert.Equal(HttpStatusCode.OK, (await caller.Patch($"/v1/generations/{made}", new { visibility = "public" })).Status);
        Assert.Equal(HttpStatusCode.Created, (await caller.Post("/v1/generations", Hill)).Status);
        Assert.Equal(8, await shared.App.Scalar<long>("select count(*) from audit_entries where action = 'switch'"));
    }

    [Fact]
    public async Task An_announcement_stands_on_every_page_from_its_beginning_to_its_end()
    {
        var admin = await Admin();
        var stranger = new PageVisitor(shared.App.CreateClient(new() { AllowAutoRedirect = false }));
        // The first two are kept for strangers who come next.
        foreach (var page in new[] { "/explore", "/pricing", "/sign-in" }) Assert.DoesNotContain("New disks", await stranger.Read(page), StringComparison.Ordinal);
        foreach (var wrong in new (string, string)[][] { [("text", " "), ("level", "info")], [("text", "x"), ("level", "loud")], [("text", "x"), ("level", "info"), ("until", "2020-01-01T10:00")], [("text", "x"), ("level", "info"), ("from", "soon")] })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post("/admin/announcements", "/admin/announcements", [.. wrong, ("reason", "why")])).StatusCode);

        await admin.Post("/admin/announcements", "/admin/announcements", ("text", "New disks <on Sunday>"), ("level", "warning"), ("reason", "so that nobody wonders"));
        await admin.Post("/admin/announcements", "/admin/announcements", ("text", "In half an hour"), ("level", "info"), ("from", DateTimeOffset.UtcNow.AddMinutes(30).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture)), ("reason", "early"));

        foreach (var page in new[] { "/sign-in", "/explore", "/pricing", "/no-such-page" })
            Assert.Contains("New disks &lt;on Sunday&gt;", await (await stranger.Get(page)).Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain("In half an hour", await stranger.Read("/sign-in"), StringComparison.Ordinal);
        var id = await shared.App.Scalar<Guid>("select id from announcements where text like 'New disks%'");
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post("/admin/announcements", $"/admin/announcements/{id}/end", ("reason", "done"))).StatusCode);
        foreach (var page in new[] { "/explore", "/pricing", "/sign-in" }) Assert.DoesNotContain("New disks", await stranger.Read(page), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post("/admin/announcements", $"/admin/announcements/{id}/end", ("reason", "again"))).StatusCode);
    }

    [Fact]
    public async Task The_overview_counts_the_money_that_was_paid_and_kept_by_day_and_month()
    {
        var admin = await Admin();
        var payer = (await shared.App.Caller()).Account;
        foreach (var (days, amount, status, refunded, disputed) in new[] { (0, 5000, "paid", 1000, 0), (3, 2500, "paid", 0, 0), (31, 9900, "paid", 0, 0), (0, 700, "failed", 0, 0), (0, 300, "paid", 300, 300) })
            await shared.App.Execute("insert into payments (id, account_id, kind, what, credits, amount, currency, status, refunded, disputed, created_at, paid_at) select gen_random_uuid(), $1, 'pack', 'small', 10, $3, 'nok', $4, $5, $6, t, case when $4 = 'paid' then t end from (select now() - make_interval(days => $2) - interval '1 minute' t) d", payer, days, (long)amount, status, (long)refunded, (long)disputed);

        await shared.App.Execute("update payments set reversed = 3 where account_id = $1 and amount = 300", payer);
        await shared.App.Execute("insert into payments (id, account_id, kind, what, subscription, credits, amount, currency, status, created_at, paid_at) values (gen_random_uuid(), $1, 'plan', 'pro', 'sub_1', 3000, 0, 'nok', 'paid', now(), now())", payer);

        var page = await admin.Read("/admin");

        Assert.Contains("<dt>Revenue</dt><dd>40 NOK</dd>", page, StringComparison.Ordinal);
        Assert.Contains("65 NOK in 30 days", page, StringComparison.Ordinal);
        // Those three packs of the month had ten credits each, and of one three were taken back.
        Assert.Contains("<dt>Credits bought</dt><dd>17</dd><dd class=\"trend\">27 in 30 days</dd>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_ledger_is_proved_on_request_and_any_statement_is_read_page_by_page_and_as_a_table()
    {
        var admin = await Admin();
        var caller = await shared.App.Caller(credits: 77);
        await admin.Post("/admin/ledger", "/admin/ledger/check");
        var page = "";
        for (var looks = 0; looks < 200 && !page.Contains("Sound: every proof holds.", StringComparison.Ordinal); looks++)
        {
            await Task.Delay(50);
            page = await admin.Read("/admin/ledger");
        }
        Assert.Contains("All books sum to 0.", page, StringComparison.Ordinal);

        await shared.App.Execute("select credit_post($1, now(), 'grant', 'page:' || $1 || ':' || n, 1, 0, 0, 0, 0, 0, -1, 0, null, null, '=1+1') from generate_series(1, 60) n", caller.Account);
        var newest = await admin.Read($"/admin/ledger?account={caller.Account}");
        Assert.Contains(">137<", newest, StringComparison.Ordinal);
        Assert.DoesNotContain(">77<", newest, StringComparison.Ordinal);
        var older = WebUtility.HtmlDecode(System.Text.RegularExpressions.Regex.Match(newest, "/admin/ledger\\?account=[^\"]*cursor=[^\"]+").Value);
        Assert.Contains(">77<", await admin.Read(older), StringComparison.Ordinal);
        Assert.Contains("No movements like that.", await admin.Read($"/admin/ledger?account={caller.Account}&kind=settle"), StringComparison.Ordinal);
        var table = await admin.Read($"/admin/ledger.csv?account={caller.Account}");
        Assert.Equal(62, table.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Contains("'=1+1", table, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get("/admin/ledger.csv")).StatusCode);
    }

    [Fact]
    public async Task The_ledger_is_proved_once_a_day_and_what_is_wrong_waits_on_the_overview()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres);
        var caller = await app.Caller(credits: 77);
        await Daily(app);
        Assert.Equal(0, await Daily(app));
        await app.Execute("update credit_balances set purchased = purchased + 1 where account_id = $1", caller.Account);
        clock.Advance(TimeSpan.FromHours(23));
        Assert.Equal(0, await Daily(app));
        var admin = await PageVisitor.Administer(app, (await app.Caller(admin: true)).Account);
        Assert.Contains("Faults in the ledger</dt><dd><a href=\"/admin/ledger\">0<", await admin.Read("/admin"), StringComparison.Ordinal);

        clock.Advance(TimeSpan.FromHours(1));

        // The server's own duty may be faster: what counts is that it was proved.
        await Daily(app);
        Assert.Contains("Faults in the ledger</dt><dd><a href=\"/admin/ledger\">1<", await admin.Read("/admin"), StringComparison.Ordinal);
        Assert.Contains($"{caller.Account}: balance ", await admin.Read("/admin/ledger"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_audit_is_narrowed_by_who_what_and_to_what()
    {
        var (one, two) = (await shared.App.Caller(admin: true), await shared.App.Caller(admin: true));
        var admin = await PageVisitor.Administer(shared.App, one.Account);
        await shared.App.Execute("insert into audit_entries (id, at, account_id, actor, action, target) values (gen_random_uuid(), now(), $1, '@one', 'filter.alpha', 'thing-of-one'), (gen_random_uuid(), now(), $2, '@two', 'filter.beta', 'thing-of-two')", one.Account, two.Account);

        foreach (var (filter, sees, misses) in new[]
        {
            ("action=filter", "thing-of-two", "no-such"), ("action=filter.a", "thing-of-one", "thing-of-two"), ("target=thing-of-two", "filter.beta", "filter.alpha"), ($"actor={two.Account}", "thing-of-two", "thing-of-one"),
            ("action=filter%25", "Nothing is like that.", "thing-of-one"),
        })
        {
            var page = (await admin.Read($"/admin/audit?{filter}")).Split("<form class=\"filters")[1].Split("</form>")[1];
            Assert.Contains(sees, page, StringComparison.Ordinal);
            Assert.DoesNotContain(misses, page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Programs_list_the_same_with_a_key_of_an_administrator_and_nobody_else_does()
    {
        var (admin, caller) = (await shared.App.Caller(admin: true), await shared.App.Caller(plan: "creator"));
        var made = (await caller.Post("/v1/generations", Hill)).Body.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(made);

        foreach (var path in new[] { "users", $"users/{caller.Account}", "generations", "reports", "audit", "usage" })
        {
            Assert.Equal(HttpStatusCode.Forbidden, (await caller.Get($"/v1/admin/{path}")).Status);
            Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/v1/admin/{path}")).Status);
        }
        Assert.Equal(caller.Account, Data(await admin.Get($"/v1/admin/users?q={caller.Account}"))[0].GetProperty("id").GetGuid());
        Assert.Equal("creator", Data(await admin.Get($"/v1/admin/users/{caller.Account}")).GetProperty("user").GetProperty("plan").GetString());
        Assert.Equal(made, Data(await admin.Get($"/v1/admin/generations?account={caller.Account}&limit=1"))[0].GetProperty("id").GetGuid());
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/v1/admin/users/{Guid.NewGuid()}")).Status);
        var (status, body) = await admin.Get("/v1/admin/generations?status=odd&from=soon&limit=1000");
        Assert.Equal((HttpStatusCode.BadRequest, 3), (status, body.GetProperty("error").GetProperty("details").GetArrayLength()));

        var usage = Data(await admin.Get("/v1/admin/usage?groupBy=model"));
        Assert.Contains(usage.GetProperty("byUser").EnumerateArray(), user => user.GetProperty("accountId").GetGuid() == caller.Account && user.GetProperty("credits").GetInt64() == 1);
        Assert.Equal(await shared.App.Scalar<long>("select sum(credits)::bigint from usage_hours"), usage.GetProperty("totals").GetProperty("credits").GetInt64());
    }

    private static JsonElement Data((HttpStatusCode Status, JsonElement Body) answer) => answer.Body.GetProperty("data");

    private static async Task<string> Refused(Task<(HttpStatusCode Status, JsonElement Body)> call)
    {
        var (status, body) = await call;
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        return body.ToString();
    }

    private static async Task Flip(PageVisitor admin, string name, bool on) =>
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post("/admin/switches", $"/admin/switches/{name}", ("on", on ? "true" : "false"), ("reason", "a bad hour"))).StatusCode);

    private static async Task<int> Daily(App app)
    {
        await using var scope = app.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<ProveLedger>().Daily(default);
    }

    private async Task<PageVisitor> Admin() => await PageVisitor.Administer(shared.App, (await shared.App.Caller(admin: true)).Account);
}
