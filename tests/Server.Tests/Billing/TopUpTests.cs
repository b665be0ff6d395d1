using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Billing;
using Rpd.Server.Tests.Support;
using Rpd.Tests.Stripe;

namespace Rpd.Server.Tests.Billing;

public sealed class TopUpTests(StripeApp stripe) : IClassFixture<StripeApp>
{
    [Fact]
    public async Task It_is_off_until_a_card_is_kept_and_says_what_is_wrong_with_each_field()
    {
        var caller = await stripe.Customer();
        var visitor = await PageVisitor.SignIn(stripe.App, caller.Account);

        using var cardless = await Set(visitor, "50", "small", "100");
        Assert.Contains("Add a card first", await cardless.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var wrong = await Set(visitor, "none", "huge", "0");
        var page = await wrong.Content.ReadAsStringAsync();
        foreach (var message in new[] { "must be a whole number", "must be one of", "must be between" }) Assert.Contains(message, page, StringComparison.Ordinal);
        using var low = await Set(visitor, "50", "large", "20");
        Assert.Contains("The ceiling is below the price of one pack.", await low.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(0L, await stripe.App.Scalar<long>("select count(*) from top_ups where account_id = $1", caller.Account));
    }

    [Fact]
    public async Task Few_credits_buy_a_pack_once_and_never_more_in_a_month_than_was_allowed()
    {
        var caller = await WithCard();
        var visitor = await PageVisitor.SignIn(stripe.App, caller.Account);
        using var saved = await Set(visitor, "50", "small", "12");
        Assert.Equal(HttpStatusCode.SeeOther, saved.StatusCode);

        await Task.WhenAll(Due(), Due(), Due());
        await Ended(caller, 1);
        Assert.Equal("0 0 100 0", await stripe.Balances(caller));
        await stripe.TellAll();
        Assert.Equal("0 0 100 0", await stripe.Balances(caller));

        await Spend(caller, 90);
        await Due();
        await Ended(caller, 2);
        Assert.Equal("0 0 110 0", await stripe.Balances(caller));
        // A third would be $15 of $12.
        await Spend(caller, 90);
        await Due();
        await Due();
        Assert.Equal(2L, await stripe.App.Scalar<long>("select count(*) from payments where account_id = $1 and kind = 'top-up'", caller.Account));
        Assert.Equal(1L, await stripe.App.Scalar<long>("select count(*) from notifications where account_id = $1 and title like 'Automatic top-up has reached%'", caller.Account));

        stripe.Clock.Advance(TimeSpan.FromDays(31));
        await Due();
        await Ended(caller, 3);
        await stripe.TellAll();
        Assert.Equal("0 0 120 0", await stripe.Balances(caller));
        await stripe.SoundLedger();
    }

    [Fact]
    public async Task A_lost_answer_charges_once_and_three_refusals_turn_it_off()
    {
        var caller = await WithCard();
        var visitor = await PageVisitor.SignIn(stripe.App, caller.Account);
        using var saved = await Set(visitor, "50", "small", "500");
        stripe.Stripe.Mishaps.Enqueue(("POST /v1/payment_intents", Mishap.AnswerLost));
        await Due();
        await Ended(caller, 1);
        Assert.Equal("0 0 100 0", await stripe.Balances(caller));
        Assert.Single(stripe.World.List("payment_intent", one => one.Text("metadata", "rpd_account") == caller.Account.ToString())["data"]!.AsArray());

        await Spend(caller, 80);
        stripe.World.Declines = true;
        for (var refusals = 1; refusals <= 4; refusals++)
        {
            await Due();
            await Ended(caller, 1 + Math.Min(refusals, 3));
            stripe.Clock.Advance(TimeSpan.FromHours(4));
        }
        stripe.World.Declines = false;
        await stripe.TellAll();

        Assert.Equal("false 3 20", await stripe.App.Scalar<string>(
            "select concat_ws(' ', t.active::text, t.failures, b.purchased) from top_ups t join credit_balances b using (account_id) where t.account_id = $1", caller.Account));
        Assert.Equal(1L, await stripe.App.Scalar<long>("select count(*) from notifications where account_id = $1 and title like 'Automatic top-up is off: it failed 3 times. Your card was declined.%'", caller.Account));
    }

    private async Task<Caller> WithCard()
    {
        var caller = await stripe.Customer();
        var visitor = await PageVisitor.SignIn(stripe.App, caller.Account);
        using var leaving = await visitor.Post("/billing", "/billing/card");
        Assert.Contains("http-equiv=\"refresh\"", await leaving.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var session = stripe.World.List("checkout.session", one => one.Text("mode") == "setup" && one.Text("client_reference_id") == caller.Account.ToString())["data"]![0].Text("id")!;
        stripe.World.Complete(session);
        using var back = await visitor.Get("/billing/done?session=" + session);
        Assert.Contains("The card is kept.", await visitor.Read("/billing"), StringComparison.Ordinal);
        return caller;
    }

    private static Task<HttpResponseMessage> Set(PageVisitor visitor, string threshold, string pack, string ceiling) =>
        visitor.Post("/billing", "/billing/top-up", ("active", "true"), ("threshold", threshold), ("pack", pack), ("ceiling", ceiling));

    private Task<int> Due() => stripe.App.Services.GetRequiredService<StartTopUps>().Run(CancellationToken.None);

    private async Task Ended(Caller caller, int count)
    {
        for (var looks = 0; await stripe.App.Scalar<long>("select count(*) from payments where account_id = $1 and kind = 'top-up' and status <> 'pending'", caller.Account) < count; looks++)
        {
            Assert.True(looks < 800, "The top-up did not end.");
            await Task.Delay(25);
        }
        // The job writes its last word after the payment's.
        for (var looks = 0; await stripe.App.Scalar<long>("select count(*) from jobs where kind = 'billing.top-up' and state <> 'dead'") > 0; looks++)
        {
            Assert.True(looks < 800, "The job did not end.");
            await Task.Delay(25);
        }
    }

    private async Task Spend(Caller caller, long credits)
    {
        var name = $"test:{Guid.NewGuid()}";
        await stripe.App.Execute("select credit_reserve($1, now(), $2, $3, true, null, null, null, null, null, null)", caller.Account, name, credits);
        await stripe.App.Execute("select credit_settle($1, now(), $2, $2 || ':settle', $3, null, null)", caller.Account, name, credits);
    }
}
