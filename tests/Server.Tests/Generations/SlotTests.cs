using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Generations;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Generations.GenerationMoneyTests;

namespace Rpd.Server.Tests.Generations;

public sealed class SlotTests(TestPostgres postgres)
{
    private static readonly (string, string)[] TwoSlots =
        [("Plans:business:ConcurrentJobs", "2"), ("Plans:business:GenerationsPerMinute", "100000"), ("Plans:business:GeneralPerMinute", "100000")];

    [Fact]
    public async Task Beyond_its_plan_an_account_waits_in_order_and_others_do_not()
    {
        await using var app = await App.Scripted(postgres, [.. TwoSlots, ("Jobs:SlowWorkers", "10")]);
        var (busy, other) = (await app.Caller(), await app.Caller());
        var ids = new List<Guid>();
        for (var i = 0; i < 5; i++) ids.Add(await Started(busy, "hang on"));
        await Until(() => app.Provider!.Started.Count == 2);

        await other.Ended(await Started(other, "a hill"));
        Assert.Equal([ids[0], ids[1]], app.Provider!.Started.Where(ids.Contains).Order());
        for (var next = 2; next < 5; next++)
        {
            await busy.Delete($"/v1/generations/{ids[next - 2]}");
            await Until(() => app.Provider!.Started.Contains(ids[next]));
            Assert.Equal(next + 1, app.Provider!.Started.Count(ids.Contains));
        }
        await busy.Delete($"/v1/generations/{ids[3]}");
        await busy.Delete($"/v1/generations/{ids[4]}");

        Assert.Equal(0, await app.Scalar<long>("select sum(active + held) from generation_slots"));
        await Sound(app);
    }

    [Fact]
    public async Task Fifty_at_once_take_exactly_the_slots_there_are()
    {
        await using var app = await App.Scripted(postgres, [.. TwoSlots, ("Jobs:SlowWorkers", "0")]);
        var caller = await app.Caller();

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Started(caller, "a hill")));

        Assert.Equal((2L, 48L), (await app.Scalar<long>("select count(*) from jobs where kind = 'generation.submit'"), await app.Scalar<long>("select count(*) from generations where held")));
        Assert.Equal("2/48", await app.Scalar<string>("select active || '/' || held from generation_slots"));
    }

    [Fact]
    public async Task Cancelling_those_who_wait_while_others_end_loses_no_slot()
    {
        await using var app = await App.Scripted(postgres, [.. TwoSlots, ("Jobs:SlowWorkers", "4")]);
        var caller = await app.Caller();
        var ids = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Started(caller, "fail please")));

        await Task.WhenAll(ids.Where((_, index) => index % 2 == 0).Select(id => caller.Delete($"/v1/generations/{id}")));
        foreach (var id in ids) await caller.Ended(id);

        Assert.Equal(0, await app.Scalar<long>("select sum(active + held) from generation_slots"));
        Assert.Equal(0, await app.Scalar<long>("select count(*) from generations where held and status not in ('cancelled')"));
        await Sound(app);
    }

    [Fact]
    public async Task One_that_was_left_waiting_by_a_crash_is_let_in_within_moments()
    {
        await using var app = await App.Scripted(postgres, TwoSlots);
        var caller = await app.Caller();
        // As if the server had died between the ending of the first and the admission of the next.
        await app.Execute("insert into generation_slots values ($1, false, 2, 0)", caller.Account);
        var id = await Started(caller, "a hill");
        await app.Execute("update generation_slots set active = 1");

        Assert.Equal("completed", (await caller.Ended(id, seconds: 10)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_better_plan_lets_more_of_them_in()
    {
        await using var app = await App.Scripted(postgres, ("Jobs:SlowWorkers", "0"), ("Plans:free:ConcurrentJobs", "1"), ("Plans:free:GenerationsPerMinute", "1000"), ("Plans:pro:ConcurrentJobs", "3"));
        var caller = await app.Caller(plan: "free");
        for (var i = 0; i < 4; i++) await Started(caller, "a hill");
        await app.Execute("update accounts set plan = 'pro'");

        await app.Services.GetRequiredService<AdmitHeld>().Run(CancellationToken.None);

        Assert.Equal("3/1", await app.Scalar<string>("select active || '/' || held from generation_slots"));
        Assert.Equal(3, await app.Scalar<long>("select count(*) from jobs where kind = 'generation.submit'"));
    }

    [Fact]
    public async Task Waiting_for_ones_own_slots_does_not_use_up_the_deadline()
    {
        await using var app = await App.Scripted(postgres, [.. TwoSlots, ("Jobs:SlowWorkers", "0"), ("Generations:DeadlineSeconds", "5"), ("Generations:WaitingSeconds", "600")]);
        var caller = await app.Caller();
        var ids = new List<Guid>();
        for (var i = 0; i < 3; i++) ids.Add(await Started(caller, "a hill"));
        foreach (var id in ids.Take(2)) Assert.Equal("timed_out", (await caller.Ended(id, seconds: 45)).GetProperty("error").GetProperty("code").GetString());

        var (_, third) = await caller.Get($"/v1/generations/{ids[2]}");
        Assert.Equal("queued", third.GetProperty("data").GetProperty("status").GetString());
        Assert.Equal("timed_out", (await caller.Ended(ids[2], seconds: 45)).GetProperty("error").GetProperty("code").GetString());
        Assert.Equal(1000, await caller.Balance());
    }

    private static async Task<Guid> Started(Caller caller, string prompt)
    {
        var (status, body) = await caller.Post("/v1/generations", Sketch(prompt));
        Assert.Equal(HttpStatusCode.Created, status);
        return body.GetProperty("data").GetProperty("id").GetGuid();
    }

    private static async Task Until(Func<bool> done)
    {
        for (var waited = 0; !done(); waited++)
        {
            Assert.True(waited < 300, "It did not happen.");
            await Task.Delay(50);
        }
    }
}
