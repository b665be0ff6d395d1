using System.Net;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Admin;

/// <summary>What waits for an administrator: the first page, the queue, webhooks that fail.</summary>
public sealed class QueueAdminTests(SharedApp shared) : IClassFixture<SharedApp>
{
    // A lane that nobody works in: what is put back stays where a test can see it.
    private const string Job = "insert into jobs (kind, lane, args, state, run_at, attempts, attempts_max, lease_until, last_error, created_at) values ($1, 'nobody', '{\"id\":\"42\"}', $2, now() - $3::interval, 8, 8, case when $2 = 'running' then now() + $4::interval end, 'It broke.', now()) returning id";

    [Fact]
    public async Task The_first_page_says_what_waits_and_how_things_run()
    {
        var caller = await shared.App.Caller(admin: true);
        var admin = await PageVisitor.Administer(shared.App, caller.Account);
        await Add("test.overview", "dead");
        await shared.App.Execute("insert into usage_hours (hour, account_id, api_key_id, model, face, requests, failed, credits) values (date_trunc('hour', now()), $1, $1, 'm', 'native', 1234, 56, 7890), (now() - interval '3 days', $1, $1, 'm', 'native', 100000, 0, 0)", caller.Account);
        await shared.App.Execute("insert into reports (id, generation_id, account_id, reason, status, created_at) select gen_random_uuid(), g.id, $1, 'other', 'open', now() from generations g limit 1", caller.Account);
        var made = (await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill" })).Body.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(made);

        var page = WebUtility.HtmlDecode(await admin.Read("/admin"));

        Assert.Contains("1,235", page, StringComparison.Ordinal);
        Assert.Contains("4.5 %", page, StringComparison.Ordinal);
        Assert.Contains("Half are ready within", page, StringComparison.Ordinal);
        Assert.Matches("Dead jobs</dt><dd><a href=\"/admin/queue\">[1-9]", page);
        Assert.DoesNotContain("101,235", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_dead_job_is_put_back_or_discarded_with_a_reason_and_written_down()
    {
        var admin = await Admin();
        var (back, gone) = (await Add("test.one", "dead"), await Add("test.one", "dead"));
        Assert.Contains("It broke.", await admin.Read("/admin/queue?kind=test.one"), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post("/admin/queue", $"/admin/queue/jobs/{back}/requeue")).StatusCode);
        Assert.Equal("dead", await State(back));
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post("/admin/queue", $"/admin/queue/jobs/{back}/requeue", ("reason", "the disk is mended"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post("/admin/queue", $"/admin/queue/jobs/{gone}/discard", ("reason", "nobody wants it"))).StatusCode);

        Assert.Equal("ready", await State(back));
        Assert.Equal(0, await shared.App.Scalar<int>("select attempts from jobs where id = $1", back));
        Assert.Equal(0, await shared.App.Scalar<long>("select count(*) from jobs where id = $1", gone));
        Assert.Equal(1, await shared.App.Scalar<long>("select count(*) from audit_entries where action = 'queue.discard' and target = $1 and before::text like '%It broke.%' and after ->> 'reason' = 'nobody wants it'", $"job {gone}"));
        // Once more there is nothing to do.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post("/admin/queue", $"/admin/queue/jobs/{gone}/discard", ("reason", "again"))).StatusCode);
    }

    [Fact]
    public async Task All_dead_ones_of_a_kind_go_at_once_and_no_others()
    {
        var admin = await Admin();
        var (one, two, other) = (await Add("test.many", "dead"), await Add("test.many", "dead"), await Add("test.other", "dead"));

        await admin.Post("/admin/queue?kind=test.many", "/admin/queue/dead/requeue", ("kind", "test.many"), ("reason", "mended"));

        Assert.Equal(("ready", "ready", "dead"), (await State(one), await State(two), await State(other)));
        Assert.Contains("2 jobs were put back", await admin.Read("/admin/queue"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_job_that_runs_is_left_to_its_worker_and_one_whose_lease_is_over_or_that_is_long_due_is_shown_as_stuck()
    {
        var admin = await Admin();
        var running = await Add("test.running", "running", lease: "1 minute");
        var due = await Add("test.due", "ready", age: "20 minutes");
        var fresh = await Add("test.fresh", "ready", age: "1 minute");

        var page = await admin.Read("/admin/queue");
        Assert.Contains("test.due", page, StringComparison.Ordinal);
        Assert.DoesNotContain("test.running", page, StringComparison.Ordinal);
        Assert.DoesNotContain("test.fresh", page, StringComparison.Ordinal);
        foreach (var id in new[] { running, fresh })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post("/admin/queue", $"/admin/queue/jobs/{id}/discard", ("reason", "away"))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post("/admin/queue", $"/admin/queue/jobs/{due}/discard", ("reason", "away"))).StatusCode);
    }

    [Fact]
    public async Task A_webhook_that_was_stopped_is_shown_with_its_owner_and_let_receive_again()
    {
        var admin = await Admin();
        var owner = await shared.App.Caller();
        var id = (await owner.Post("/v1/webhooks", new { url = "https://hooks.example.org/gone", events = new[] { "generation.completed" } })).Body.GetProperty("data").GetProperty("id").GetGuid();
        Assert.DoesNotContain("hooks.example.org/gone", await admin.Read("/admin/webhooks"), StringComparison.Ordinal);
        await shared.App.Execute("update webhook_endpoints set status = 'paused', status_reason = 'Every attempt of 3 days failed.', failing_since = now() - interval '3 days' where id = $1", id);

        var page = await admin.Read("/admin/webhooks");
        Assert.Contains("hooks.example.org/gone", page, StringComparison.Ordinal);
        Assert.Contains($"/admin/users/{owner.Account}", page, StringComparison.Ordinal);
        Assert.Contains("Every attempt of 3 days failed.", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post("/admin/webhooks", $"/admin/webhooks/{id}/enable", ("reason", " "))).StatusCode);

        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post("/admin/webhooks", $"/admin/webhooks/{id}/enable", ("reason", "the owner asked"))).StatusCode);

        Assert.Equal("active", (await owner.Get($"/v1/webhooks/{id}")).Body.GetProperty("data").GetProperty("status").GetString());
        Assert.Equal("paused", await shared.App.Scalar<string>("select before ->> 'status' from audit_entries where action = 'webhook.enable' and target = $1", id.ToString()));
    }

    private async Task<PageVisitor> Admin() => await PageVisitor.Administer(shared.App, (await shared.App.Caller(admin: true)).Account);

    private Task<long> Add(string kind, string state, string age = "1 second", string lease = "1 minute") => shared.App.Scalar<long>(Job, kind, state, age, lease);

    private Task<string> State(long id) => shared.App.Scalar<string>("select state from jobs where id = $1", id);
}
