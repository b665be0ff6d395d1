using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Tests.Support;
using Rpd.Tests.Stripe;

namespace Rpd.Server.Tests.Billing;

public sealed class SubscriptionTests(StripeApp stripe) : IClassFixture<StripeApp>
{
    private static readonly object ProMonthly = new { plan = "pro", interval = "month" };

    [Fact]
    public async Task A_plan_comes_with_its_first_payment_and_brings_its_allowance_each_month_while_it_is_paid()
    {
        var caller = await stripe.Customer();
        await stripe.Pay(caller, ProMonthly);
        Assert.Equal(("pro", "0 650 0 0"), (await stripe.Plan(caller), await stripe.Balances(caller)));

        // What is left lapses; the next comes when the next is paid, and not before.
        stripe.Clock.Advance(TimeSpan.FromDays(31));
        await stripe.GrantDue();
        Assert.Equal("0 0 0 0", await stripe.Balances(caller));
        stripe.World.Renew(await Subscription(caller), paid: true);
        await stripe.TellAll();
        await stripe.GrantDue();
        Assert.Equal("0 650 0 0", await stripe.Balances(caller));
        Assert.Equal(2L, await stripe.App.Scalar<long>("select count(*) from credit_entries where account_id = $1 and key like 'plan:%'", caller.Account));
        await stripe.SoundLedger();
    }

    [Fact]
    public async Task A_year_that_is_paid_at_once_brings_twelve_allowances_and_no_more()
    {
        var caller = await stripe.Customer();
        await stripe.Pay(caller, new { plan = "creator", interval = "year" });
        for (var day = 0; day < 420; day += 10)
        {
            stripe.Clock.Advance(TimeSpan.FromDays(10));
            await stripe.GrantDue();
        }

        Assert.Equal(12L, await stripe.App.Scalar<long>("select count(*) from credit_entries where account_id = $1 and kind = 'grant'", caller.Account));
        Assert.Equal(12L, await stripe.App.Scalar<long>("select count(*) from credit_entries where account_id = $1 and kind = 'lapse'", caller.Account));
        await stripe.SoundLedger();
    }

    [Fact]
    public async Task A_payment_that_fails_is_told_of_and_brings_no_allowance_until_it_is_made_up()
    {
        var caller = await stripe.Customer();
        await stripe.Pay(caller, ProMonthly);
        stripe.Clock.Advance(TimeSpan.FromDays(31));
        stripe.World.Renew(await Subscription(caller), paid: false);
        await stripe.TellAll();
        await stripe.GrantDue();
        Assert.Equal(("pro", "0 0 0 0"), (await stripe.Plan(caller), await stripe.Balances(caller)));
        Assert.Equal("The payment for your plan pro failed. It is tried again; check what it is paid by.", await stripe.App.Scalar<string>("select title from notifications where account_id = $1 and kind = 'billing'", caller.Account));

        // After its last attempt Stripe leaves it unpaid: the plan goes, and comes back with the money.
        stripe.World.GiveUp(await Subscription(caller));
        await stripe.TellAll();
        Assert.Equal("free", await stripe.Plan(caller));
        stripe.World.PayLate(await Subscription(caller));
        await stripe.TellAll();
        Assert.Equal(("pro", "0 650 0 0"), (await stripe.Plan(caller), await stripe.Balances(caller)));
    }

    [Fact]
    public async Task A_plan_that_ends_leaves_the_account_free_and_a_plan_that_was_given_by_hand_is_not_taken()
    {
        var (caller, given) = (await stripe.Customer(), await stripe.App.Caller(credits: 0, plan: "business"));
        await stripe.Pay(caller, ProMonthly);
        stripe.World.CancelNow(await Subscription(caller));
        var once = await StripeApp.Open(given, new { pack = "small" });
        stripe.World.Complete(once);
        await stripe.TellAll();

        Assert.Equal(("free", "business"), (await stripe.Plan(caller), await stripe.Plan(given)));
        Assert.Equal(1L, await stripe.App.Scalar<long>("select count(*) from notifications where account_id = $1 and title like 'Your plan pro has ended%'", caller.Account));
    }

    [Fact]
    public async Task An_account_has_one_plan_and_a_second_that_was_paid_all_the_same_ends_with_its_money_back()
    {
        var caller = await stripe.Customer();
        var first = await StripeApp.Open(caller, ProMonthly);
        var second = await StripeApp.Open(caller, ProMonthly);
        Assert.Equal("expired", stripe.World.Find(first).Text("status"));
        // Somebody else's server of ours has opened one at the same time: nothing has ended it.
        var twin = stripe.World.CreateSession(StripeForms.Read(new Dictionary<string, string>
        {
            ["mode"] = "subscription",
            ["customer"] = stripe.World.Find(second).Text("customer")!,
            ["line_items[0][price]"] = stripe.World.Find(second).Text("line_items", "0", "price")!,
            ["success_url"] = "https://example.org",
            ["cancel_url"] = "https://example.org",
        })).Text("id")!;
        stripe.World.Complete(second);
        stripe.Clock.Advance(TimeSpan.FromSeconds(1));
        stripe.World.Complete(twin);
        await stripe.TellAll();
        // The end of the twin is told as well.
        await stripe.TellAll();

        Assert.Equal(("pro", "0 650 0 0"), (await stripe.Plan(caller), await stripe.Balances(caller)));
        Assert.Equal("active canceled", await stripe.App.Scalar<string>("select string_agg(status, ' ' order by status) from subscriptions where account_id = $1", caller.Account));
        Assert.Single(stripe.World.List("refund", one => one.Text("amount") == "2900")["data"]!.AsArray());
        var (status, body) = await caller.Post("/v1/billing/checkout", ProMonthly);
        Assert.Equal((HttpStatusCode.Conflict, "CONFLICT"), (status, body.GetProperty("error").GetProperty("code").GetString()));
    }

    [Fact]
    public async Task A_better_plan_is_paid_at_once_and_brings_the_difference_for_the_rest_of_the_month()
    {
        var (caller, began) = (await stripe.Customer(), stripe.Clock.GetUtcNow());
        await stripe.Pay(caller, new { plan = "creator", interval = "month" });
        var visitor = await PageVisitor.SignIn(stripe.App, caller.Account);
        using var preview = await visitor.Post("/billing", "/billing/plan/change", ("plan", "business"), ("interval", "month"));
        Assert.Contains("Pay $45 and change", await preview.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        stripe.World.Declines = true;
        using var declined = await visitor.Post("/billing", "/billing/plan/change", ("plan", "business"), ("interval", "month"), ("sure", "true"));
        stripe.World.Declines = false;
        Assert.Equal(HttpStatusCode.UnprocessableEntity, declined.StatusCode);
        Assert.Contains("Your card was declined.", await declined.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal("creator", await stripe.Plan(caller));

        stripe.Clock.Advance((began.AddMonths(1) - began) / 2);
        using var changed = await visitor.Post("/billing", "/billing/plan/change", ("plan", "business"), ("interval", "month"), ("sure", "true"));
        Assert.Equal(HttpStatusCode.SeeOther, changed.StatusCode);
        Assert.Equal(("business", "0 1250 0 0"), (await stripe.Plan(caller), await stripe.Balances(caller)));
        await stripe.TellAll();
        await stripe.GrantDue();
        Assert.Equal("0 1250 0 0", await stripe.Balances(caller));
        await stripe.SoundLedger();
    }

    [Fact]
    public async Task A_plan_is_ended_with_its_paid_time_and_kept_after_all_on_the_page()
    {
        var caller = await stripe.Customer();
        await stripe.Pay(caller, ProMonthly);
        var visitor = await PageVisitor.SignIn(stripe.App, caller.Account);

        await visitor.Post("/billing", "/billing/plan/end");
        Assert.Contains("Keep the plan", await visitor.Read("/billing"), StringComparison.Ordinal);
        Assert.Equal("pro", await stripe.Plan(caller));
        await visitor.Post("/billing", "/billing/plan/keep");
        Assert.Contains("Cancel at the end of the paid time", await visitor.Read("/billing"), StringComparison.Ordinal);

        // The events of one change are looked at while the next is made: the page shows what was asked for all the same.
        using var meanwhile = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var others = Overtake(caller, meanwhile.Token);
        await visitor.Post("/billing", "/billing/plan/end");
        Assert.Contains("Keep the plan", await visitor.Read("/billing"), StringComparison.Ordinal);
        await others;
    }

    [Fact]
    public async Task A_plan_whose_money_went_back_as_a_whole_takes_its_allowance_along_and_brings_none()
    {
        var caller = await stripe.Customer();
        await stripe.Pay(caller, new { plan = "pro", interval = "year" });
        await stripe.App.Execute("select credit_reserve($1, now(), 'test:' || $1, 100, true, null, null, null, null, null, null)", caller.Account);
        await stripe.App.Execute("select credit_settle($1, now(), 'test:' || $1, 'test:' || $1 || ':settle', 100, null, null)", caller.Account);
        var intent = await stripe.Intent(caller);
        stripe.World.Refund(intent, 1000);
        await stripe.TellAll();
        Assert.Equal("0 550 0 0", await stripe.Balances(caller));

        stripe.World.Refund(intent, 28000);
        await stripe.TellAll();
        Assert.Equal("0 0 0 100", await stripe.Balances(caller));
        stripe.Clock.Advance(TimeSpan.FromDays(40));
        await stripe.GrantDue();
        Assert.Equal("0 0 0 100", await stripe.Balances(caller));
        await stripe.SoundLedger();
    }

    [Fact]
    public async Task What_comes_back_into_an_allowance_whose_month_is_over_lapses_with_it()
    {
        var caller = await stripe.Customer();
        await stripe.Pay(caller, new { plan = "creator", interval = "year" });
        await stripe.App.Execute("select credit_reserve($1, $2, 'late:' || $1, 50, true, null, null, null, null, null, null)", caller.Account, stripe.Clock.GetUtcNow());
        stripe.Clock.Advance(TimeSpan.FromDays(32));
        await stripe.GrantDue();
        await stripe.App.Execute("select credit_settle($1, $2, 'late:' || $1, 'late:' || $1 || ':settle', 0, null, null)", caller.Account, stripe.Clock.GetUtcNow());

        Assert.Equal("0 200 0 0", await stripe.Balances(caller));
        await stripe.SoundLedger();
    }

    [Fact]
    public async Task Whoever_leaves_is_not_charged_again_and_a_deleted_account_has_no_plan()
    {
        var caller = await stripe.Customer();
        await stripe.Pay(caller, ProMonthly);
        var plan = await Subscription(caller);
        var visitor = await PageVisitor.SignIn(stripe.App, caller.Account);
        var handle = await stripe.App.Scalar<string>("select handle from accounts where id = $1", caller.Account);
        using var left = await visitor.Post("/settings/data", "/settings/data/leave", ("handle", handle), ("password", "a quiet river bends"));
        Assert.Equal(HttpStatusCode.SeeOther, left.StatusCode);
        // The clock stands in another year than the queue's.
        await stripe.App.Execute("update jobs set run_at = now() where kind = 'billing.end-plan'");
        for (var looks = 0; stripe.World.Find(plan).Text("cancel_at_period_end") != "true"; looks++)
        {
            Assert.True(looks < 400, "The plan goes on.");
            await Task.Delay(25);
        }
        Assert.Equal("active", stripe.World.Find(plan).Text("status"));

        await stripe.App.Services.GetRequiredService<Rpd.Server.PersonalData.DeleteAccount>().Run(caller.Account, CancellationToken.None);
        Assert.Equal("canceled", stripe.World.Find(plan).Text("status"));
        Assert.Equal(1L, await stripe.App.Scalar<long>("select count(*) from payments where account_id = $1", caller.Account));
    }

    /// <summary>Begins to look again and again, as events that are handled at the same time do.</summary>
    private async Task Overtake(Caller caller, CancellationToken until)
    {
        while (!until.IsCancellationRequested)
        {
            await stripe.App.Execute("update billing_customers set reading = reading + 1 where account_id = $1", caller.Account);
            await Task.Delay(1, CancellationToken.None);
        }
    }

    private Task<string> Subscription(Caller caller) => stripe.App.Scalar<string>("select id from subscriptions where account_id = $1 and status <> 'canceled'", caller.Account);
}
