using System.Net;
using Rpd.Server.Tests.Support;
using Rpd.Tests.Stripe;

namespace Rpd.Server.Tests.Billing;

public sealed class PackTests(StripeApp stripe) : IClassFixture<StripeApp>
{
    [Fact]
    public async Task A_pack_brings_its_credits_once_however_often_and_late_Stripe_tells_of_it()
    {
        var caller = await stripe.Customer();
        var session = await StripeApp.Open(caller, new { pack = "medium" });
        Assert.Equal("0 0 0 0", await stripe.Balances(caller));

        stripe.World.Complete(session);
        var told = stripe.Untold();
        await Task.WhenAll(told.Concat(told).Concat(told).Select(stripe.Tell));
        await stripe.Handled();
        foreach (var one in told) await stripe.Tell(one);
        await stripe.Handled();

        Assert.Equal("0 0 500 0", await stripe.Balances(caller));
        Assert.Equal(1L, await stripe.App.Scalar<long>("select count(*) from credit_entries where account_id = $1 and kind = 'purchase' and key = 'stripe:' || $2", caller.Account, await stripe.Intent(caller)));
        Assert.Equal("pack medium paid 2400 usd true true", await Payment(caller));
    }

    [Fact]
    public async Task Money_that_takes_its_time_brings_credits_when_it_is_there_and_none_when_it_never_is()
    {
        var (patient, refused) = (await stripe.Customer(), await stripe.Customer());
        var (slow, never) = (await StripeApp.Open(patient, new { pack = "small" }), await StripeApp.Open(refused, new { pack = "small" }));
        stripe.World.Complete(slow, later: true);
        stripe.World.Complete(never, later: true);
        await stripe.TellAll();
        Assert.Equal(("0 0 0 0", "0 0 0 0"), (await stripe.Balances(patient), await stripe.Balances(refused)));

        stripe.World.Arrive(slow, paid: true);
        stripe.World.Arrive(never, paid: false);
        await stripe.TellAll();

        Assert.Equal(("0 0 100 0", "0 0 0 0"), (await stripe.Balances(patient), await stripe.Balances(refused)));
        Assert.StartsWith("pack small failed", await Payment(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_of_Stripes_that_is_lost_is_asked_for_again_and_makes_nothing_twice()
    {
        var caller = await stripe.Customer();
        stripe.Stripe.Mishaps.Enqueue(("POST /v1/customers", Mishap.AnswerLost));
        stripe.Stripe.Mishaps.Enqueue(("POST /v1/checkout/sessions", Mishap.Refused));

        await StripeApp.Open(caller, new { pack = "small" });

        Assert.Single(stripe.World.List("customer", one => one.Text("metadata", "rpd_account") == caller.Account.ToString())["data"]!.AsArray());
        Assert.Empty(stripe.Stripe.Mishaps);
    }

    [Fact]
    public async Task What_went_back_takes_its_share_of_the_credits_and_what_is_spent_of_them_is_owed_until_it_is_repaid()
    {
        var caller = await stripe.Customer();
        await stripe.Pay(caller, new { pack = "medium" });
        var intent = await stripe.Intent(caller);
        stripe.World.Refund(intent, 600);
        await stripe.TellAll();
        Assert.Equal("0 0 375 0", await stripe.Balances(caller));

        await stripe.App.Execute("select credit_reserve($1, now(), 'test:' || $1, 300, true, null, null, null, null, null, null)", caller.Account);
        await stripe.App.Execute("select credit_settle($1, now(), 'test:' || $1, 'test:' || $1 || ':settle', 300, null, null)", caller.Account);
        stripe.World.Refund(intent, 1800);
        await stripe.TellAll();
        Assert.Equal("0 0 0 300", await stripe.Balances(caller));
        var (status, _) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "A pear" });
        Assert.Equal(HttpStatusCode.PaymentRequired, status);

        await stripe.Pay(caller, new { pack = "medium" });
        Assert.Equal("0 0 200 0", await stripe.Balances(caller));
        await stripe.SoundLedger();
    }

    [Fact]
    public async Task A_dispute_takes_the_credits_and_one_that_was_won_returns_them()
    {
        var caller = await stripe.Customer();
        await stripe.Pay(caller, new { pack = "small" });
        var dispute = stripe.World.Dispute(await stripe.Intent(caller), 500);
        await stripe.TellAll();
        Assert.Equal("0 0 0 0", await stripe.Balances(caller));

        stripe.World.CloseDispute(dispute, won: true);
        await stripe.TellAll();
        await stripe.TellAll();

        Assert.Equal("0 0 100 0", await stripe.Balances(caller));
        await stripe.SoundLedger();
    }

    [Fact]
    public async Task Payments_of_another_product_on_the_same_account_are_left_alone()
    {
        var stranger = stripe.World.Add("customer", "cus", null, []).Text("id")!;
        var session = stripe.World.CreateSession(StripeForms.Read(new Dictionary<string, string>
        {
            ["mode"] = "payment",
            ["customer"] = stranger,
            ["line_items[0][price_data][unit_amount]"] = "900",
            ["success_url"] = "https://example.org",
            ["cancel_url"] = "https://example.org",
        }));
        stripe.World.Complete(session.Text("id")!);
        await stripe.TellAll();

        Assert.Equal(0L, await stripe.App.Scalar<long>("select count(*) from payments where amount = 900"));
    }

    [Fact]
    public async Task An_administrator_sends_money_back_and_its_credits_follow_once()
    {
        var (caller, admin) = (await stripe.Customer(), await stripe.App.Caller(admin: true));
        await stripe.Pay(caller, new { pack = "medium" });
        var payment = await stripe.App.Scalar<Guid>("select id from payments where account_id = $1", caller.Account);
        var visitor = await PageVisitor.Administer(stripe.App, admin.Account);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Refund(visitor, payment, "24.01", "Too much")).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Refund(visitor, payment, "12", "")).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await Refund(visitor, payment, "12", "The picture never came")).StatusCode);
        Assert.Contains("$12 of this payment were sent back", await visitor.Read("/admin/payments?state=refunded"), StringComparison.Ordinal);
        await stripe.TellAll();

        Assert.Equal("0 0 250 0", await stripe.Balances(caller));
        Assert.Equal("""{"reason": "The picture never came", "refunded": 1200}""", await stripe.App.Scalar<string>("select after::text from audit_entries where action = 'billing.refund' and target = $1", payment.ToString()));
        Assert.Equal(HttpStatusCode.SeeOther, (await Refund(visitor, payment, "", "The rest")).StatusCode);
        Assert.Equal("0 0 0 0", await stripe.Balances(caller));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await Refund(visitor, payment, "", "Once more")).StatusCode);
        await stripe.SoundLedger();
    }

    [Fact]
    public async Task Events_of_real_money_are_none_of_a_server_that_takes_test_money()
    {
        var caller = await stripe.Customer();
        stripe.World.Complete(await StripeApp.Open(caller, new { pack = "small" }));
        foreach (var told in stripe.Untold())
        {
            told["livemode"] = true;
            Assert.Equal(HttpStatusCode.OK, await stripe.Tell(told));
        }
        await stripe.Handled();
        Assert.Equal("0 0 0 0", await stripe.Balances(caller));
    }

    private static Task<HttpResponseMessage> Refund(PageVisitor visitor, Guid payment, string amount, string reason) =>
        visitor.Post("/admin/payments", $"/admin/payments/{payment}/refund", ("amount", amount), ("reason", reason));

    private Task<string> Payment(Caller caller) => stripe.App.Scalar<string>(
        "select concat_ws(' ', kind, what, status, amount, currency, (receipt_url is not null)::text, (invoice_pdf is not null)::text) from payments where account_id = $1", caller.Account);
}
