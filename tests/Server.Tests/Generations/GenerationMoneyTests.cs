using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Credits;
using Rpd.Server.Generations;
using Rpd.Server.Storage;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations;

public sealed class GenerationMoneyTests(TestPostgres postgres, SharedScriptedApp scripted) : IClassFixture<SharedScriptedApp>
{
    private static readonly (string, string) Paused = ("Jobs:SlowWorkers", "0");

    [Fact]
    public async Task Fifty_at_once_on_nine_credits_start_nine_and_refuse_the_rest()
    {
        await using var app = await App.Scripted(postgres, Paused, ("Plans:business:GenerationsPerMinute", "100000"));
        var caller = await app.Caller(credits: 9);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => caller.Post("/v1/generations", Sketch("a hill"))));

        Assert.Equal(9, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(41, answers.Count(answer => answer.Status == HttpStatusCode.PaymentRequired));
        Assert.Equal(0, await caller.Balance());
        Assert.Equal(9, await app.Scalar<long>("select count(*) from jobs where kind = 'generation.submit'"));
        await Sound(app);
    }

    [Fact]
    public async Task Nine_credits_do_not_pay_for_ten_however_often_it_is_asked()
    {
        await using var app = await App.Scripted(postgres, Paused, ("Plans:business:GenerationsPerMinute", "100000"));
        var caller = await app.Caller(credits: 9);
        await app.Execute("select credit_reserve($1, now(), 'test:hold', 6, false, null, null, null, null, null, null)", caller.Account);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => caller.Post("/v1/generations", Sketch("a hill", count: 4))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.PaymentRequired, answer.Status));
        Assert.All(answers, answer => Assert.Equal("You need 4 credits but only have 3.", answer.Body.GetProperty("error").GetProperty("message").GetString()));
        Assert.Equal(3, await caller.Balance());
    }

    [Fact]
    public async Task A_failed_generation_has_its_refund_in_the_very_state_change()
    {
        var app = scripted.App;
        var caller = await app.Caller(credits: 10);
        var (_, created) = await caller.Post("/v1/generations", Sketch("fail please", count: 3));

        var ended = await caller.Ended(created.GetProperty("data").GetProperty("id").GetGuid());

        Assert.Equal("failed", ended.GetProperty("status").GetString());
        Assert.Equal("content_policy", ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(3, ended.GetProperty("creditsRefunded").GetInt64());
        Assert.Equal(10, ended.GetProperty("receipt").GetProperty("balanceAfter").GetInt64());
        Assert.Equal(10, await caller.Balance());
        await Sound(app);
    }

    [Fact]
    public async Task Outputs_that_are_missing_are_given_back()
    {
        var app = scripted.App;
        var caller = await app.Caller(credits: 10);
        var (_, created) = await caller.Post("/v1/generations", Sketch("half of it", count: 4));

        var ended = await caller.Ended(created.GetProperty("data").GetProperty("id").GetGuid());

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        Assert.Equal(3, ended.GetProperty("creditsRefunded").GetInt64());
        Assert.Equal(9, await caller.Balance());
        await Sound(app);
    }

    [Fact]
    public async Task A_bug_in_a_provider_is_retried_then_failed_and_refunded()
    {
        var app = scripted.App;
        var caller = await app.Caller(credits: 10);
        var (_, created) = await caller.Post("/v1/generations", Sketch("throw it"));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();

        // The pauses between tries are not waited for.
        for (var tries = 0; tries < 3; tries++)
        {
            await Until(() => app.Provider!.Started.Count > tries);
            await Until(async () => await app.Scalar<long>("select count(*) from jobs where state = 'running'") == 0);
            await app.Execute("update jobs set run_at = now() where state = 'ready'");
        }
        var ended = await caller.Ended(id);

        Assert.Equal("internal", ended.GetProperty("error").GetProperty("code").GetString());
        Assert.DoesNotContain("A bug", ended.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(10, await caller.Balance());
    }

    [Fact]
    public async Task A_full_disk_fails_the_generation_and_the_server_goes_on()
    {
        var app = scripted.App;
        var caller = await app.Caller(credits: 10);
        var (_, created) = await caller.Post("/v1/generations", Sketch("full disk"));

        var ended = await caller.Ended(created.GetProperty("data").GetProperty("id").GetGuid());
        var (_, next) = await caller.Post("/v1/generations", Sketch("a hill"));

        Assert.Equal("The server's storage is full.", ended.GetProperty("error").GetProperty("message").GetString());
        Assert.Equal("completed", (await caller.Ended(next.GetProperty("data").GetProperty("id").GetGuid())).GetProperty("status").GetString());
        Assert.Equal(9, await caller.Balance());
    }

    [Fact]
    public async Task Cancelling_stops_the_work_and_returns_everything()
    {
        var app = scripted.App;
        var caller = await app.Caller(credits: 10);
        var (_, created) = await caller.Post("/v1/generations", Sketch("hang on", count: 2));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        await Until(() => app.Provider!.Started.Contains(id));

        var (status, cancelled) = await caller.Delete($"/v1/generations/{id}");
        var (again, _) = await caller.Delete($"/v1/generations/{id}");

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("cancelled", cancelled.GetProperty("data").GetProperty("status").GetString());
        Assert.Equal(HttpStatusCode.Conflict, again);
        Assert.Equal(10, await caller.Balance());
        await Until(() => app.Provider!.Stopped.Contains(id));
        await Sound(app);
    }

    [Fact]
    public async Task Files_that_were_stored_before_it_was_cancelled_are_deleted()
    {
        var app = scripted.App;
        var caller = await app.Caller(credits: 10);
        var (_, created) = await caller.Post("/v1/generations", Sketch("hang on"));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        await Until(() => app.Provider!.Started.Contains(id));
        var storage = app.Services.GetRequiredService<IStorage>();
        var key = CollectOutputs.Folder(id) + "/0.png";
        await storage.Put(key, new MemoryStream([1]), CancellationToken.None);

        await caller.Delete($"/v1/generations/{id}");

        await Until(async () =>
        {
            await using var left = await storage.Open(key, CancellationToken.None);
            return left is null;
        });
    }

    [Fact]
    public async Task One_overdue_generation_that_somebody_holds_does_not_keep_the_others_from_their_refund()
    {
        await using var app = await App.Scripted(postgres, Paused);
        var caller = await app.Caller(credits: 10);
        var (_, first) = await caller.Post("/v1/generations", Sketch("a hill"));
        var (_, second) = await caller.Post("/v1/generations", Sketch("a hill"));
        var (held, other) = (first.GetProperty("data").GetProperty("id").GetGuid(), second.GetProperty("data").GetProperty("id").GetGuid());
        await app.Execute("update generations set deadline_at = now() + case id when $1 then interval '4 seconds' else interval '4.5 seconds' end", held);
        await using var holder = await app.Database.OpenConnectionAsync();
        await using var transaction = await holder.BeginTransactionAsync();
        await using (var hold = new Npgsql.NpgsqlCommand("select 1 from generations where id = $1 for update", holder) { Parameters = { new() { Value = held } } })
            await hold.ExecuteNonQueryAsync();

        var ended = await caller.Ended(other, seconds: 30);
        var (_, waiting) = await caller.Get($"/v1/generations/{held}");
        await transaction.RollbackAsync();

        Assert.Equal("timed_out", ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("queued", waiting.GetProperty("data").GetProperty("status").GetString());
        Assert.Equal("failed", (await caller.Ended(held, seconds: 30)).GetProperty("status").GetString());
        Assert.Equal(10, await caller.Balance());
    }

    [Fact]
    public async Task Promo_credits_pay_for_what_the_operator_says_and_nothing_else()
    {
        await using var app = await App.Scripted(postgres, Paused, ("Credits:PromoModels", "sandbox, another"));
        var caller = await app.Caller(credits: 0);
        using (var scope = app.Services.CreateScope())
        {
            await scope.ServiceProvider.GetRequiredService<CreditLedger>()
                .Grant(scope.ServiceProvider.GetRequiredService<AppDb>(), caller.Account, 10, Bucket.Promo, "test:promo", "test", CancellationToken.None);
        }

        Assert.Equal(HttpStatusCode.PaymentRequired, (await caller.Post("/v1/generations", Sketch("a hill"))).Status);
    }

    [Fact]
    public async Task Cancelling_and_finishing_at_once_leave_one_end_and_one_settlement()
    {
        await using var app = await App.Scripted(postgres, Paused, ("Plans:business:GenerationsPerMinute", "100000"));
        var caller = await app.Caller(credits: 100);
        var end = app.Services.GetRequiredService<EndGeneration>();
        for (var round = 0; round < 25; round++)
        {
            var (_, created) = await caller.Post("/v1/generations", Sketch("a race"));
            var id = created.GetProperty("data").GetProperty("id").GetGuid();

            var ends = await Task.WhenAll(
                end.Run(id, Ending.Completed([Dot(id)])), end.Run(id, Ending.Cancelled(), owner: (caller.Account, false)),
                end.Run(id, Ending.Failed("timed_out", "late")), end.Run(id, Ending.Completed([Dot(id)])));

            Assert.Single(ends, one => one is not null);
        }
        Assert.Equal(25, await app.Scalar<long>("select count(*) from credit_entries where kind = 'settle'"));
        Assert.Equal(25, await app.Scalar<long>("select count(*) from events where name in ('generation.completed', 'generation.failed', 'generation.cancelled')"));
        await Sound(app);
    }

    [Fact]
    public async Task What_is_overdue_fails_with_its_refund_though_its_worker_hangs()
    {
        await using var app = await App.Scripted(postgres, ("Generations:DeadlineSeconds", "2"));
        var caller = await app.Caller(credits: 10);
        var (_, created) = await caller.Post("/v1/generations", Sketch("hang on"));

        var ended = await caller.Ended(created.GetProperty("data").GetProperty("id").GetGuid());

        Assert.Equal("timed_out", ended.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(10, await caller.Balance());
    }

    [Fact]
    public async Task A_worker_that_lost_its_lease_can_end_nothing()
    {
        await using var app = await App.Scripted(postgres, Paused);
        var caller = await app.Caller(credits: 10);
        var (_, created) = await caller.Post("/v1/generations", Sketch("a hill"));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        var queue = app.Services.GetRequiredService<Rpd.Server.Jobs.JobQueue>();
        var zombie = Assert.Single(await queue.Claim("slow", 1, CancellationToken.None));
        await app.Execute("update jobs set lease_until = now() - interval '1 second' where id = $1", zombie.Id);
        await Until(async () => await app.Scalar<string>("select state from jobs where id = $1", zombie.Id) == "ready");
        var heir = Assert.Single(await queue.Claim("slow", 1, CancellationToken.None));
        var end = app.Services.GetRequiredService<EndGeneration>();

        Assert.Null(await end.Run(id, Ending.Completed([Dot(id)]), fence: (zombie.Id, zombie.Fence)));
        Assert.False(await queue.Finish(zombie, CancellationToken.None));
        Assert.NotNull(await end.Run(id, Ending.Completed([Dot(id)]), fence: (heir.Id, heir.Fence)));
        Assert.True(await queue.Finish(heir, CancellationToken.None));
        await Sound(app);
    }

    [Fact]
    public async Task A_keys_own_cap_refuses_with_its_own_code_and_a_refund_frees_it()
    {
        var app = scripted.App;
        var caller = await app.Caller(credits: 100, cap: 3);
        var (_, first) = await caller.Post("/v1/generations", Sketch("fail please", count: 2));
        await caller.Ended(first.GetProperty("data").GetProperty("id").GetGuid());

        var (ok, _) = await caller.Post("/v1/generations", Sketch("a hill", count: 3));
        var (capped, body) = await caller.Post("/v1/generations", Sketch("a hill"));

        Assert.Equal(HttpStatusCode.Created, ok);
        Assert.Equal(HttpStatusCode.PaymentRequired, capped);
        Assert.Equal("SPEND_CAP_REACHED", body.GetProperty("error").GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_capped_key_can_neither_lift_its_cap_nor_make_a_key_without_one()
    {
        var app = scripted.App;
        var caller = await app.Caller(credits: 100, cap: 3);
        var (_, keys) = await caller.Get("/v1/keys");
        var own = keys.GetProperty("data")[0].GetProperty("id").GetString();

        Assert.Equal(HttpStatusCode.Forbidden, (await caller.Patch($"/v1/keys/{own}", new { cap = (object?)null })).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await caller.Post("/v1/keys", new { name = "more", scopes = new[] { "generate" } })).Status);
    }

    internal static object Sketch(string prompt, int count = 1) => new { type = "text2image", provider = "studio", model = "studio-sketch", prompt, count };

    internal static async Task Sound(App app)
    {
        var report = await app.Services.GetRequiredService<CheckLedger>().Run(CancellationToken.None);
        Assert.True(report.Sound, string.Join('\n', report.Faults));
    }

    private static Output Dot(Guid generation) => new()
    {
        GenerationId = generation,
        Ordinal = 0,
        StorageKey = CollectOutputs.Folder(generation) + "/0.png",
        ContentType = "image/png",
        Width = 1,
        Height = 1,
        Bytes = 1,
        ThumbnailWidths = [],
    };

    private static Task Until(Func<bool> done) => Until(() => Task.FromResult(done()));

    private static async Task Until(Func<Task<bool>> done)
    {
        for (var waited = 0; waited < 300; waited++)
        {
            if (await done()) return;
            await Task.Delay(50);
        }
        throw new TimeoutException("It did not happen within 15 s.");
    }
}
