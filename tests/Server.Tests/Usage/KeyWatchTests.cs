using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Tests.Support;
using Rpd.Server.Usage;

namespace Rpd.Server.Tests.Usage;

/// <summary>A server whose clock the tests move.</summary>
public sealed class ClockedApp(TestPostgres postgres) : SharedApp(postgres)
{
    protected override Task<App> Start(TestPostgres on) => App.At(new(), on);
}

public sealed class KeyWatchTests(ClockedApp shared) : IClassFixture<ClockedApp>
{
    private App App => shared.App;

    private DateTimeOffset Now => App.Clock!.GetUtcNow();

    [Fact]
    public async Task A_key_that_spends_far_more_than_it_used_to_is_frozen_and_its_owner_thaws_it_for_a_day()
    {
        var caller = await App.Caller();
        var key = await Used(caller, hours: 30, each: 100, now: 1001);
        Assert.Equal(HttpStatusCode.OK, (await caller.Get("/v1/credits/balance")).Status);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Freeze()));

        var (status, body) = await caller.Get("/v1/credits/balance");
        Assert.Equal((HttpStatusCode.Forbidden, "KEY_FROZEN"), (status, body.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from notifications where account_id = $1 and kind = 'key.frozen' and title like '%1,001 credits%more than 100 before%'", caller.Account));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from notification_letters where account_id = $1 and kind = 'key.frozen'", caller.Account));
        Assert.Equal(1, await App.Scalar<long>("select count(*) from events where account_id = $1 and name = 'key.frozen' and subject_id = $2", caller.Account, key));
        var owner = await PageVisitor.SignIn(App, caller.Account);
        Assert.Contains("Frozen", await owner.Read("/keys"), StringComparison.Ordinal);
        var stranger = await PageVisitor.SignIn(App, (await App.Caller()).Account);
        Assert.Equal(HttpStatusCode.NotFound, (await stranger.Post("/credits", $"/keys/{key}/thaw")).StatusCode);
        await owner.Post("/keys", $"/keys/{key}/thaw");

        Assert.Equal(HttpStatusCode.OK, (await caller.Get("/v1/credits/balance")).Status);
        await Freeze();
        Assert.Equal(HttpStatusCode.OK, (await caller.Get("/v1/credits/balance")).Status);

        App.Clock!.Advance(TimeSpan.FromHours(24));
        await Hour(caller.Account, key, Now, 1002);
        await Freeze();
        Assert.True(await Frozen(key));
    }

    [Fact]
    public async Task What_another_node_has_frozen_is_refused_within_a_second()
    {
        var caller = await App.Caller();
        Assert.Equal(HttpStatusCode.OK, (await caller.Get("/v1/credits/balance")).Status);
        await App.Execute("update api_keys set frozen_at = $2 where account_id = $1", caller.Account, Now);

        App.Clock!.Advance(TimeSpan.FromSeconds(1.1));

        Assert.Equal(HttpStatusCode.Forbidden, (await caller.Get("/v1/credits/balance")).Status);
    }

    [Theory]
    [InlineData(23, 100, 9000, true, false)]
    [InlineData(24, 100, 1000, true, false)]
    [InlineData(24, 100, 1001, true, true)]
    [InlineData(24, 500, 5000, true, false)]
    [InlineData(24, 500, 5001, true, true)]
    [InlineData(24, 100, 9000, false, false)]
    public async Task A_key_is_judged_by_its_own_history_above_a_floor_and_unless_its_owner_says_otherwise(int hours, long each, long now, bool watched, bool frozen)
    {
        var caller = await App.Caller();
        var key = await Used(caller, hours, each, now);
        // Neither what others of the account spend nor what lies too far back is its history.
        for (var hour = 1; hour <= 30; hour++) await Hour(caller.Account, Guid.Empty, Now.AddHours(-hour), 100_000);
        await Hour(caller.Account, key, Now.AddDays(-29), 100_000);
        if (!watched)
        {
            var owner = await PageVisitor.SignIn(App, caller.Account);
            Assert.Equal("/keys", (await owner.Post("/keys", $"/keys/{key}/change", ("name", "quiet"))).Headers.Location?.ToString());
        }

        await Freeze();

        Assert.Equal(frozen, await Frozen(key));
    }

    [Fact]
    public async Task Each_share_of_a_cap_is_told_once_in_each_window_and_of_several_at_once_the_highest()
    {
        var caller = await App.Caller(cap: 200);
        foreach (var (spent, told) in new[] { (99, 0L), (100, 1L), (159, 1L), (120, 1L), (200, 2L) })
        {
            await Spent(caller, spent);
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Tell()));
            Assert.Equal((spent, told), (spent, await Told(caller)));
        }
        Assert.Equal(1, await App.Scalar<long>("select count(*) from notifications where account_id = $1 and title like '%200 of the 200 credits that it may spend this day: 100 \\%%'", caller.Account));
        Assert.Equal(0, await App.Scalar<long>("select count(*) from notifications where account_id = $1 and title like '%: 80 \\%%'", caller.Account));

        App.Clock!.Advance(TimeSpan.FromDays(1));
        await Tell();
        Assert.Equal(2, await Told(caller));
        await Spent(caller, 160);
        await Tell();
        Assert.Equal(3, await Told(caller));
    }

    [Fact]
    public async Task Shares_are_the_keys_own_a_new_cap_begins_anew_and_what_is_only_set_aside_is_not_spent()
    {
        var caller = await App.Caller(cap: 100);
        var key = await Key(caller);
        var owner = await PageVisitor.SignIn(App, caller.Account);
        var wrong = await owner.Post("/keys", $"/keys/{key}/change", ("name", "test"), ("capCredits", "100"), ("capPeriod", "day"), ("alertPercents", "0, 101"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.StatusCode);
        await owner.Post("/keys", $"/keys/{key}/change", ("name", "test"), ("capCredits", "100"), ("capPeriod", "day"), ("alertPercents", "90 %, 30"));
        Assert.Equal("30,90", await App.Scalar<string>("select array_to_string(alert_percents, ',') from api_keys where id = $1", key));

        await Spent(caller, 60);
        await App.Execute("insert into credit_leases (id, account_id, api_key_id, cap_period, cap_start, promo, allowance, purchased, draws, until) values (gen_random_uuid(), $1, $2, 'day', $3, 0, 0, 31, 1, 'infinity')",
            caller.Account, key, Day);
        await Tell();
        Assert.Equal(0, await Told(caller));
        await App.Execute("delete from credit_leases where account_id = $1", caller.Account);
        await Tell();
        Assert.Equal(1, await Told(caller));

        await owner.Post("/keys", $"/keys/{key}/change", ("name", "test"), ("capCredits", "60"), ("capPeriod", "day"), ("alertPercents", "90"));
        await Tell();
        Assert.Equal(2, await Told(caller));
    }

    private DateTime Day => Now.UtcDateTime.Date;

    private Task<Guid> Key(Caller caller) => App.Scalar<Guid>("select id from api_keys where account_id = $1", caller.Account);

    private async Task<Guid> Used(Caller caller, int hours, long each, long now)
    {
        var key = await Key(caller);
        for (var hour = 1; hour <= hours; hour++) await Hour(caller.Account, key, Now.AddHours(-hour), each);
        await Hour(caller.Account, key, Now, now);
        return key;
    }

    private Task Hour(Guid account, Guid key, DateTimeOffset at, long credits) => App.Execute("""
        with used as (update api_keys set last_used_at = greatest(last_used_at, $3) where id = $2)
        insert into usage_hours (hour, account_id, api_key_id, model, face, requests, failed, credits) values (date_trunc('hour', $3::timestamptz, 'UTC'), $1, $2, 'm', 'native', 1, 0, $4)
        """, account, key, at.UtcDateTime, credits);

    private Task Spent(Caller caller, long credits) => App.Execute("""
        insert into api_key_spend (api_key_id, period, period_start, spent) select id, 'day', $2, $3 from api_keys where account_id = $1
        on conflict (api_key_id, period, period_start) do update set spent = excluded.spent
        """, caller.Account, Day, credits);

    private Task<long> Told(Caller caller) => App.Scalar<long>("select coalesce(sum(count), 0)::bigint from notifications where account_id = $1 and kind = 'key.cap'", caller.Account);

    private Task<bool> Frozen(Guid key) => App.Scalar<bool>("select frozen_at is not null from api_keys where id = $1", key);

    private async Task Freeze()
    {
        await using var scope = App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<FreezeKeys>().Run(CancellationToken.None);
    }

    private async Task Tell()
    {
        await using var scope = App.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<TellOfCaps>().Run(CancellationToken.None);
    }
}
