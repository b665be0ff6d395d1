using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Admin;
using Rpd.Server.Audit;
using Rpd.Server.Credits;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Admin;

/// <summary>Finding accounts, seeing what support needs, and what administrators may do to them.</summary>
public sealed class UserAdminTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task Somebody_is_found_by_how_their_address_handle_or_id_begins()
    {
        var (admin, _) = await Admin();
        var caller = await shared.App.Caller();
        await shared.App.Execute("update accounts set email = 'Mara.Find@example.org', normalized_email = 'MARA.FIND@EXAMPLE.ORG', handle = 'find_mara' where id = $1", caller.Account);

        foreach (var words in new[] { "mara.find@", "find_m", "@find_mara", caller.Account.ToString()[..20] })
            Assert.Contains($"/admin/users/{caller.Account}", await admin.Read($"/admin/users?q={Uri.EscapeDataString(words)}"), StringComparison.Ordinal);
        foreach (var words in new[] { "ara.find", "findXm", "zzz%", "mara.find@&status=suspended", "mara.find@&plan=free", "mara.find@&role=admin" })
            Assert.DoesNotContain($"/admin/users/{caller.Account}", await admin.Read($"/admin/users?q={words}"), StringComparison.Ordinal);
        Assert.Contains($"/admin/users/{caller.Account}", await admin.Read("/admin/users?q=find_mara&status=active&plan=business&role=user"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_list_goes_back_page_by_page_within_its_filter()
    {
        var (admin, _) = await Admin();
        var all = new List<Guid>();
        for (var n = 0; n < 53; n++) all.Add((await shared.App.Caller(credits: 0, plan: "creator")).Account);

        var newest = await admin.Read("/admin/users?plan=creator");
        var older = WebUtility.HtmlDecode(Regex.Match(newest, "/admin/users\\?plan=creator&amp;cursor=[^\"]+").Value);
        var rest = await admin.Read(older);

        Assert.Equal(all.Skip(3).Reverse(), Ids(newest));
        Assert.Equal(all.Take(3).Reverse(), Ids(rest));
    }

    [Fact]
    public async Task The_support_view_shows_balance_keys_and_devices_and_nothing_that_opens_anything()
    {
        var (admin, _) = await Admin();
        var caller = await shared.App.Caller(credits: 321);
        await PageVisitor.SignIn(shared.App, caller.Account);

        var page = WebUtility.HtmlDecode(await admin.Read($"/admin/users/{caller.Account}"));

        Assert.Contains("321", page, StringComparison.Ordinal);
        Assert.Contains($"…{caller.Key[^4..]}", page, StringComparison.Ordinal);
        Assert.DoesNotContain(caller.Key[..^4], page, StringComparison.Ordinal);
        Assert.Contains("seen", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/admin/users/{Guid.NewGuid()}")).StatusCode);
    }

    [Fact]
    public async Task Credits_are_adjusted_with_a_reason_and_the_same_form_books_once()
    {
        var (admin, _) = await Admin();
        var caller = await shared.App.Caller(credits: 100);
        var (path, key) = ($"/admin/users/{caller.Account}", Guid.NewGuid().ToString());

        var twice = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => admin.Post(path, path + "/credits", ("key", key), ("bucket", "promo"), ("credits", "25"), ("reason", "a bad day"))));
        Assert.All(twice, answer => Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode));
        Assert.Equal(125, await caller.Balance());
        await admin.Post(path, path + "/credits", ("key", Guid.NewGuid().ToString()), ("bucket", "purchased"), ("credits", "-40"), ("reason", "booked twice"));
        Assert.Equal(85, await caller.Balance());

        var tooMuch = await admin.Post(path, path + "/credits", ("key", Guid.NewGuid().ToString()), ("bucket", "promo"), ("credits", "-26"), ("reason", "all of it"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, tooMuch.StatusCode);
        Assert.Contains("The bucket promo holds 25.", await tooMuch.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        foreach (var wrong in new (string, string)[][] { [("credits", "0"), ("bucket", "promo")], [("credits", "1"), ("bucket", "gold")], [("credits", "much"), ("bucket", "promo")], [("bucket", "promo")] })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post(path, path + "/credits", [("key", Guid.NewGuid().ToString()), ("reason", "why"), .. wrong])).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post(path, path + "/credits", ("key", Guid.NewGuid().ToString()), ("bucket", "promo"), ("credits", "5"))).StatusCode);

        Assert.Equal(85, await caller.Balance());
        Assert.Empty((await shared.App.Services.GetRequiredService<CheckLedger>().Run(CancellationToken.None)).Faults);
        Assert.Equal(2, await shared.App.Scalar<long>("select count(*) from audit_entries where action = 'account.credits' and target = $1", caller.Account.ToString()));
        Assert.Equal(("0", "25", "a bad day"), (await Audited(caller.Account, "25", "before ->> 'promo'"), await Audited(caller.Account, "25", "after -> 'buckets' ->> 'promo'"), await Audited(caller.Account, "25", "after ->> 'reason'")));
        Assert.Contains("a bad day", await admin.Read(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_suspended_account_is_shut_out_and_hidden_until_the_suspension_is_lifted()
    {
        var (admin, _) = await Admin();
        var caller = await shared.App.Caller();
        var visitor = await PageVisitor.SignIn(shared.App, caller.Account);
        var work = (await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", visibility = "public" })).Body.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(work);
        var path = $"/admin/users/{caller.Account}";

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post(path, path + "/suspend")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post(path, path + "/suspend", ("reason", "spam"))).StatusCode);

        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.Get("/library")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/works/{work}")).StatusCode);
        await Task.Delay(1100);
        var (status, body) = await caller.Get("/v1/credits/balance");
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("suspended", body.ToString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.SeeOther, (await (await PageVisitor.SignIn(shared.App, caller.Account)).Get("/library")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post(path, path + "/suspend", ("reason", "again"))).StatusCode);

        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post(path, path + "/lift", ("reason", "a mistake"))).StatusCode);

        await Task.Delay(1100);
        Assert.Equal(HttpStatusCode.OK, (await caller.Get("/v1/credits/balance")).Status);
        Assert.Equal(HttpStatusCode.OK, (await admin.Get($"/works/{work}")).StatusCode);
        Assert.Equal(2, await shared.App.Scalar<long>("select count(*) from audit_entries where action in ('account.suspend', 'account.lift') and target = $1", caller.Account.ToString()));
    }

    [Fact]
    public async Task Nobody_suspends_themselves_and_of_two_administrators_who_suspend_each_other_one_stays()
    {
        var ((admin, self), (other, rival)) = (await Admin(), await Admin());
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post($"/admin/users/{self}", $"/admin/users/{self}/suspend", ("reason", "enough"))).StatusCode);

        // The filter of the pages has let both in.
        async Task<bool> Suspend(Guid by, Guid whom)
        {
            await using var scope = shared.App.Services.CreateAsyncScope();
            return !(await scope.ServiceProvider.GetRequiredService<SuspendAccount>().Run(new Actor(by, null), whom, "rivals", CancellationToken.None)).Declined;
        }
        var done = await Task.WhenAll(Suspend(self, rival), Suspend(rival, self));

        Assert.Single(done, won => won);
        Assert.Equal(1, await shared.App.Scalar<long>("select count(*) from accounts where id = any($1) and status = 'active'", (Guid[])[self, rival]));
        Assert.NotNull(other);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_sessions_and_tokens_but_no_keys()
    {
        var (admin, _) = await Admin();
        var caller = await shared.App.Caller();
        var visitor = await PageVisitor.SignIn(shared.App, caller.Account);
        var stamp = await shared.App.Scalar<string>("select security_stamp from accounts where id = $1", caller.Account);

        await admin.Post($"/admin/users/{caller.Account}", $"/admin/users/{caller.Account}/sign-out", ("reason", "a lost laptop"));

        Assert.Equal(HttpStatusCode.SeeOther, (await visitor.Get("/library")).StatusCode);
        Assert.NotEqual(stamp, await shared.App.Scalar<string>("select security_stamp from accounts where id = $1", caller.Account));
        Assert.Equal(HttpStatusCode.OK, (await caller.Get("/v1/credits/balance")).Status);
    }

    [Fact]
    public async Task A_plan_is_changed_by_hand_and_a_note_stays_for_the_next_administrator()
    {
        var (admin, _) = await Admin();
        var caller = await shared.App.Caller(plan: "free");
        var path = $"/admin/users/{caller.Account}";

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post(path, path + "/plan", ("plan", "golden"), ("reason", "a friend"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post(path, path + "/plan", ("plan", "business"), ("reason", "a friend"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post(path, path + "/note", ("reason", "Writes in French."))).StatusCode);

        Assert.Equal("business", (await caller.Get("/v1/credits/balance")).Body.GetProperty("data").GetProperty("plan").GetString());
        Assert.Contains("Writes in French.", await admin.Read(path), StringComparison.Ordinal);
        Assert.Equal("free", await shared.App.Scalar<string>("select before ->> 'plan' from audit_entries where action = 'account.plan' and target = $1", caller.Account.ToString()));
    }

    private async Task<(PageVisitor Visitor, Guid Account)> Admin()
    {
        var caller = await shared.App.Caller(admin: true);
        return (await PageVisitor.Administer(shared.App, caller.Account), caller.Account);
    }

    private Task<string> Audited(Guid account, string credits, string what) =>
        shared.App.Scalar<string>($"select {what} from audit_entries where action = 'account.credits' and target = $1 and after ->> 'credits' = $2", account.ToString(), credits);

    private static IEnumerable<Guid> Ids(string page) => Regex.Matches(page, "/admin/users/([0-9a-f-]{36})\"").Select(match => Guid.Parse(match.Groups[1].Value));
}
