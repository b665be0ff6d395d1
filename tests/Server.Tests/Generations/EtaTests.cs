using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Generations;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Generations.GenerationMoneyTests;

namespace Rpd.Server.Tests.Generations;

public sealed class EtaTests(TestPostgres postgres)
{
    [Fact]
    public async Task Nothing_is_promised_before_anything_was_measured()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var hanging = await Started(caller, "hang on");

        Assert.Equal(JsonValueKind.Null, (await Read(caller, hanging)).GetProperty("etaSeconds").ValueKind);
        await caller.Delete($"/v1/generations/{hanging}");
    }

    [Fact]
    public async Task Position_and_time_follow_from_those_ahead_and_what_they_usually_take()
    {
        await using var app = await App.Scripted(postgres, ("Plans:business:ConcurrentJobs", "4"), ("Plans:business:GenerationsPerMinute", "1000"));
        var (caller, other) = (await app.Caller(), await app.Caller());
        // Two workers hang, so that the rest waits: two more with slots, two without.
        var ids = new List<Guid>();
        for (var i = 0; i < 2; i++) ids.Add(await Started(caller, "hang on"));
        for (var waited = 0; app.Provider!.Started.Count < 2; waited++)
        {
            Assert.True(waited < 200);
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }
        for (var i = 0; i < 4; i++)
        {
            ids.Add(await Started(caller, "hang on"));
            // Ids of one millisecond have no order among themselves.
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
        await app.Execute("insert into model_speeds values ('studio-sketch', 9, 20000, 25000, 30000, now())");
        var stranger = await Started(other, "hang on");

        var all = await Task.WhenAll(ids.Select(id => Read(caller, id)));

        Assert.InRange(all[0].GetProperty("etaSeconds").GetInt32(), 1, 20);
        Assert.Equal([1, 2, 3, 4], all.Skip(2).Select(one => one.GetProperty("queuePosition").GetInt32()));
        Assert.Equal([20, 30], all.Skip(2).Take(2).Select(one => one.GetProperty("etaSeconds").GetInt32()));
        // Those who wait for slots of their own do not hold up others.
        Assert.Equal(3, (await Read(other, stranger)).GetProperty("queuePosition").GetInt32());
        Assert.Equal(JsonValueKind.Null, all[0].GetProperty("queuePosition").ValueKind);
        foreach (var id in ids) await caller.Delete($"/v1/generations/{id}");
        await other.Delete($"/v1/generations/{stranger}");
    }

    [Fact]
    public async Task Speeds_are_measured_from_what_was_completed_and_from_nothing_else()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        foreach (var prompt in new[] { "a hill", "a lake", "fail please" }) await caller.Ended(await Started(caller, prompt));
        await app.Execute("update generations set started_at = completed_at - interval '4 seconds' where prompt = 'a hill'");
        await app.Execute("update generations set started_at = completed_at - interval '6 seconds' where prompt = 'a lake'");
        await app.Execute("update generations set started_at = completed_at - interval '900 seconds' where prompt = 'fail please'");

        await app.Services.GetRequiredService<MeasureModels>().Run(CancellationToken.None);
        await app.Services.GetRequiredService<MeasureModels>().Run(CancellationToken.None);

        Assert.Equal("2 5000", await app.Scalar<string>("select samples || ' ' || p50_ms from model_speeds where model = 'studio-sketch'"));
    }

    private static async Task<Guid> Started(Caller caller, string prompt) =>
        (await caller.Post("/v1/generations", Sketch(prompt))).Body.GetProperty("data").GetProperty("id").GetGuid();

    private static async Task<JsonElement> Read(Caller caller, Guid id) => (await caller.Get($"/v1/generations/{id}")).Body.GetProperty("data");
}
