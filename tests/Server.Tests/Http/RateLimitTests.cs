using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Http;

public sealed class RateLimitTests(TestPostgres postgres)
{
    private const long Second = TimeSpan.TicksPerSecond;

    [Fact]
    public async Task Two_keys_of_one_account_share_what_its_plan_allows()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres, ("Plans:business:GeneralPerMinute", "5"));
        var (first, other) = (await app.Caller(), await app.Caller());
        using var scope = app.Services.CreateScope();
        var secret = await TestAccount.Key(scope.ServiceProvider.GetRequiredService<AppDb>(), first.Account);
        var http = app.CreateClient();
        http.DefaultRequestHeaders.Add("X-API-KEY", secret);
        var second = new Caller(first.Account, http, secret);

        var statuses = new List<HttpStatusCode>();
        foreach (var caller in new[] { first, first, first, second, second, second, first, other }) statuses.Add(await Ask(caller));
        clock.Advance(TimeSpan.FromSeconds(13));
        foreach (var caller in new[] { second, first }) statuses.Add(await Ask(caller));

        Assert.Equal([200, 200, 200, 200, 200, 429, 429, 200, 200, 429], statuses.Select(status => (int)status));

        static async Task<HttpStatusCode> Ask(Caller caller) => (await caller.Get("/v1/credits/balance")).Status;
    }

    [Fact]
    public async Task Strangers_have_sixty_calls_a_minute_for_each_address()
    {
        await using var app = await App.At(new TestClock(), postgres);

        for (var call = 0; call < 60; call++) Assert.Equal(200, await Ask("203.0.113.9"));

        Assert.Equal((429, 429), (await Ask("203.0.113.9"), await Ask("::ffff:203.0.113.9")));
        Assert.Equal(200, await Ask("203.0.113.10"));

        async Task<int> Ask(string address)
        {
            var answer = await app.Server.SendAsync(http =>
            {
                http.Connection.RemoteIpAddress = IPAddress.Parse(address);
                http.Request.Path = "/v1/models/studio-sketch";
            });
            return answer.Response.StatusCode;
        }
    }

    [Fact]
    public void Whoever_has_a_network_of_IPv6_has_one_bucket_for_all_of_it()
    {
        var limits = new RateLimits(Plans(), new PageOptions(), new TestClock());
        for (var call = 0; call < RateLimits.AnonymousPerMinute; call++) Assert.True(limits.TakeAnonymous(IPAddress.Parse($"2001:db8:1:2::{call:x}")).Admitted);

        Assert.False(limits.TakeAnonymous(IPAddress.Parse("2001:db8:1:2:ffff:ffff:ffff:ffff")).Admitted);
        Assert.True(limits.TakeAnonymous(IPAddress.Parse("2001:db8:1:3::1")).Admitted);
    }

    [Fact]
    public void Generations_and_other_calls_draw_on_buckets_of_their_own()
    {
        var limits = new RateLimits(Plans(), new PageOptions(), new TestClock());
        var (account, key) = (Guid.NewGuid(), Guid.NewGuid());
        bool Take(LimitKind kind) => limits.Take(kind, account, key, "free").Admitted;

        Assert.Equal((true, true, false), (Take(LimitKind.Generations), Take(LimitKind.Generations), Take(LimitKind.Generations)));
        Assert.Equal((true, true, true, false), (Take(LimitKind.General), Take(LimitKind.General), Take(LimitKind.General), Take(LimitKind.General)));
    }

    [Fact]
    public void A_bucket_is_refilled_steadily_and_never_above_its_size()
    {
        var bucket = new TokenBucket(3, 0);

        Assert.Equal([2, 1, 0], Enumerable.Range(0, 3).Select(_ => bucket.Take(1, 0)).Select(taken => taken.Admitted ? taken.Remaining : -1).ToArray());
        var refused = bucket.Take(1, 0);
        Assert.False(refused.Admitted);
        Assert.InRange(refused.RetryAfter, TimeSpan.FromSeconds(19.9), TimeSpan.FromSeconds(20.1));
        Assert.InRange(refused.Reset, TimeSpan.FromSeconds(59.9), TimeSpan.FromSeconds(60.1));
        Assert.False(bucket.Take(1, 19 * Second).Admitted);
        Assert.True(bucket.Take(1, 21 * Second).Admitted);
        Assert.False(bucket.Take(1, 22 * Second).Admitted);
        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(_ => bucket.Take(1, 3600 * Second).Admitted).ToArray());
    }

    [Fact]
    public void A_debt_is_waited_off()
    {
        var bucket = new TokenBucket(3, 0);
        bucket.Debit(10, 0);

        var refused = bucket.Take(1, 0);

        Assert.Equal((false, 0), (refused.Admitted, refused.Remaining));
        Assert.InRange(refused.RetryAfter, TimeSpan.FromSeconds(159.9), TimeSpan.FromSeconds(160.1));
        Assert.False(bucket.Take(1, 159 * Second).Admitted);
        Assert.True(bucket.Take(1, 161 * Second).Admitted);
    }

    private static PlanList Plans() => new(Options.Create(new Dictionary<string, Plan> { ["free"] = new() { GeneralPerMinute = 3, GenerationsPerMinute = 2 } }));
}
