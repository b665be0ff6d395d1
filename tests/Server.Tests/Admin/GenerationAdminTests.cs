using System.Net;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Admin;
using Rpd.Server.Audit;
using Rpd.Server.Credits;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Admin;

/// <summary>Everybody's generations: found, given back, made once more.</summary>
public sealed class GenerationAdminTests(SharedScriptedApp shared) : IClassFixture<SharedScriptedApp>
{
    private static readonly object Hill = new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", @params = new { seed = 7 } };

    [Fact]
    public async Task Generations_are_found_by_id_account_status_error_model_and_day()
    {
        var admin = await Admin();
        var (caller, done) = await Made();
        var failed = Guid.CreateVersion7();
        await Copy(done, failed, "failed", "provider_timeout");

        Assert.Equal($"/admin/generations/{done}", (await admin.Get($"/admin/generations?id={done}")).Headers.Location?.ToString());
        var found = $"?account={caller.Account}";
        Assert.Equal(new[] { failed, done }, Ids(await admin.Read("/admin/generations" + found)));
        foreach (var (filter, expected) in new (string, Guid[])[]
        {
            ("&status=failed", [failed]), ("&errorCode=provider_timeout", [failed]), ("&errorCode=other", []), ("&model=studio-sketch", [failed, done]), ("&model=other", []), ("&provider=studio&status=completed", [done]),
            ("&type=text2video", []), ("&from=2020-01-01&to=2020-01-02", []), ("&from=2020-01-01", [failed, done]), ("&test=true", []),
        })
            Assert.Equal(expected, Ids(await admin.Read("/admin/generations" + found + filter)));
        Assert.Contains(failed, Ids(await admin.Read($"/admin/generations?id={failed.ToString()[..24]}")));
        Assert.Contains("provider_timeout", await admin.Read($"/admin/generations/{failed}"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Get($"/admin/generations/{Guid.NewGuid()}")).StatusCode);
    }

    [Fact]
    public async Task The_list_goes_back_page_by_page()
    {
        var admin = await Admin();
        var (caller, done) = await Made();
        var all = new List<Guid> { done };
        for (var n = 0; n < 52; n++) all.Add(Guid.CreateVersion7(DateTimeOffset.UtcNow.AddSeconds(n)));
        foreach (var id in all.Skip(1)) await Copy(done, id, "failed", "listed");

        var newest = await admin.Read($"/admin/generations?account={caller.Account}");
        var rest = await admin.Read(WebUtility.HtmlDecode(Regex.Match(newest, "/admin/generations\\?account=[^\"]*cursor=[^\"]+").Value));

        Assert.Equal(all.Skip(3).Reverse(), Ids(newest));
        Assert.Equal(all.Take(3).Reverse(), Ids(rest));
    }

    [Fact]
    public async Task What_it_has_cost_goes_back_once_with_ledger_generation_and_usage_in_step()
    {
        var admin = await Admin();
        var (caller, done) = await Made();
        var before = await caller.Balance();
        var path = $"/admin/generations/{done}";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post(path, path + "/refund", ("credits", "1"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post(path, path + "/refund", ("credits", "2"), ("reason", "too much"))).StatusCode);

        // Two administrators at once.
        async Task<bool> Refund()
        {
            await using var scope = shared.App.Services.CreateAsyncScope();
            return !(await scope.ServiceProvider.GetRequiredService<RefundGeneration>().Run(new Actor(caller.Account, null), done, null, "a grey picture", CancellationToken.None)).Declined;
        }
        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Refund())), won => won);

        Assert.Equal(before + 1, await caller.Balance());
        var shown = (await caller.Get($"/v1/generations/{done}")).Body.GetProperty("data");
        Assert.Equal((1, 1), (shown.GetProperty("creditsCost").GetInt64(), shown.GetProperty("creditsRefunded").GetInt64()));
        Assert.Equal(0, await shared.App.Scalar<long>("select sum(credits)::bigint from usage_hours where account_id = $1", caller.Account));
        Assert.Equal(1, await shared.App.Scalar<long>("select sum(requests)::bigint from usage_hours where account_id = $1", caller.Account));
        Assert.Equal(0, await shared.App.Scalar<long>("select sum(revenue)::bigint from credit_entries where account_id = $1", caller.Account));
        Assert.Empty((await shared.App.Services.GetRequiredService<CheckLedger>().Run(CancellationToken.None)).Faults);
        Assert.Equal("a grey picture", await shared.App.Scalar<string>("select after ->> 'reason' from audit_entries where action = 'generation.refund' and target = $1", done.ToString()));
        Assert.Contains("Credits were given back for it.", await admin.Read(path), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_part_goes_back_to_the_buckets_that_paid_and_a_capped_key_may_spend_it_again()
    {
        var admin = await Admin();
        var caller = await shared.App.Caller(credits: 1, cap: 100);
        await using (var scope = shared.App.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<CreditLedger>().Grant(scope.ServiceProvider.GetRequiredService<AppDb>(), caller.Account, 3, Bucket.Promo, $"test-promo:{caller.Account}", "test", CancellationToken.None);
        }
        var done = (await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "hills", count = 4 })).Body.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(done);
        Assert.Equal(0, await caller.Balance());
        var path = $"/admin/generations/{done}";

        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post(path, path + "/refund", ("credits", "2"), ("reason", "two were grey"))).StatusCode);

        // What was bought was spent last, so it comes back first.
        Assert.Equal("1/1", await shared.App.Scalar<string>("select promo || '/' || purchased from credit_balances where account_id = $1", caller.Account));
        Assert.Equal(2, await shared.App.Scalar<long>("select s.spent from api_key_spend s join api_keys k on k.id = s.api_key_id where k.account_id = $1", caller.Account));
        Assert.Empty((await shared.App.Services.GetRequiredService<CheckLedger>().Run(CancellationToken.None)).Faults);
        // Once is once, although some is left.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post(path, path + "/refund", ("credits", "1"), ("reason", "more"))).StatusCode);
    }

    [Fact]
    public async Task What_failed_starts_again_as_a_new_one_of_the_same_account_and_what_is_done_does_not()
    {
        var admin = await Admin();
        var (caller, done) = await Made();
        var failed = Guid.CreateVersion7();
        await Copy(done, failed, "failed", "provider_timeout");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post($"/admin/generations/{done}", $"/admin/generations/{done}/retry", ("reason", "again"))).StatusCode);
        var answer = await admin.Post($"/admin/generations/{failed}", $"/admin/generations/{failed}/retry", ("reason", "the owner asked"));

        Assert.Equal(HttpStatusCode.SeeOther, answer.StatusCode);
        var anew = Guid.Parse(answer.Headers.Location!.ToString().Split('/')[^1]);
        var ended = await caller.Ended(anew);
        Assert.Equal(("completed", "a hill", 7), (ended.GetProperty("status").GetString(), ended.GetProperty("prompt").GetString(), ended.GetProperty("params").GetProperty("seed").GetInt32()));
        Assert.Equal(1, await shared.App.Scalar<long>("select count(*) from audit_entries where action = 'generation.retry' and target = $1 and after ->> 'startedAnew' = $2", failed.ToString(), anew.ToString()));
    }

    [Fact]
    public async Task What_has_not_ended_gets_its_attempts_again_unless_a_worker_has_it()
    {
        var admin = await Admin();
        var (_, done) = await Made();
        var stuck = Guid.CreateVersion7();
        await Copy(done, stuck, "processing", null);
        var path = $"/admin/generations/{stuck}";
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post(path, path + "/refund", ("reason", "it hangs"))).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post(path, path + "/retry", ("reason", "no job at all"))).StatusCode);
        await shared.App.Execute("insert into jobs (kind, lane, args, state, run_at, attempts, attempts_max, created_at) values ('generation.submit', 'nobody', jsonb_build_object('id', $1), 'ready', now() + interval '1 hour', 2, 3, now())", stuck);

        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post(path, path + "/retry", ("reason", "it hangs"))).StatusCode);

        Assert.Equal(0, await shared.App.Scalar<int>("select attempts from jobs where lane = 'nobody' and args ->> 'id' = $1 and run_at <= now()", stuck.ToString()));
        await shared.App.Execute("delete from generations where id = $1", stuck);
    }

    private async Task<PageVisitor> Admin() => await PageVisitor.Administer(shared.App, (await shared.App.Caller(admin: true)).Account);

    private async Task<(Caller Caller, Guid Generation)> Made()
    {
        var caller = await shared.App.Caller();
        var id = (await caller.Post("/v1/generations", Hill)).Body.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(id);
        return (caller, id);
    }

    /// <summary>Another one like it that went otherwise, and cost nothing.</summary>
    private Task Copy(Guid of, Guid id, string status, string? error) => shared.App.Execute("""
        insert into generations select (jsonb_populate_record(g, jsonb_build_object('id', $2, 'status', $3::text, 'error_code', $4::text, 'error_message', $4::text, 'credits_cost', 0, 'credits_refunded', 0,
          'completed_at', case when $3::text = 'failed' then now() end, 'deadline_at', now() + interval '1 hour'))).* from generations g where id = $1
        """, of, id, status, error ?? (object)DBNull.Value);

    private static IEnumerable<Guid> Ids(string page) => Regex.Matches(page, "/admin/generations/([0-9a-f-]{36})\"").Select(match => Guid.Parse(match.Groups[1].Value));
}
