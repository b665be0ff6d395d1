using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Billing;
using Rpd.Server.Jobs;
using Rpd.Server.Tests.Support;
using Rpd.Tests.Stripe;

namespace Rpd.Server.Tests.Billing;

/// <summary>A thousand lives of customers, whose events come in any order, some of them twice, and at once: the books are those of Stripe each time.</summary>
public sealed class ShuffledEventsTests(StripeApp stripe, ITestOutputHelper output) : IClassFixture<StripeApp>
{
    private const int Lives = 1000, Together = 50, AtOnce = 4;

    [Fact]
    public async Task A_thousand_shuffled_sequences_leave_balances_plans_and_ledger_right()
    {
        var seed = Random.Shared.Next();
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var prices = (await Price("pro"), await Price("business"));
        for (var lived = 0; lived < Lives; lived += Together)
        {
            var lives = new List<Life>();
            for (var n = 0; n < Together; n++) lives.Add(await Live(random, prices));
            await Handle([.. lives.SelectMany(life => life.Told).OrderBy(_ => random.Next())]);
            foreach (var life in lives) Assert.True(life.Expected == await Standing(life), $"seed {seed}, {life.Story}: expected {life.Expected}, found {await Standing(life)}");
            stripe.World.Forget();
        }
        await stripe.SoundLedger();
    }

    /// <summary>Each as its job would have it, several at a time, until it is done. How they come in and are waited for is tested elsewhere, and costs more than this.</summary>
    private async Task Handle(IReadOnlyList<JsonObject> events)
    {
        await stripe.App.Execute("insert into stripe_events (id, type, object, created_at, received_at) select distinct on (id) id, type, object::jsonb, now(), now() from unnest($1, $2, $3) told (id, type, object)",
            events.Select(told => told.Text("id")!).ToArray(), events.Select(told => told.Text("type")!).ToArray(), events.Select(told => told["data"]!["object"]!.ToJsonString()).ToArray());
        await Parallel.ForEachAsync(events, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (told, cancel) =>
        {
            await using var scope = stripe.App.Services.CreateAsyncScope();
            var job = new JobRun(0, HandleStripeEvent.Kind, JsonSerializer.SerializeToElement(new { @event = told.Text("id") }), 1, 8, 1);
            while (await scope.ServiceProvider.GetRequiredService<HandleStripeEvent>().Run(job, cancel) != JobResult.Done)
            {
                // Somebody began to look later: once more.
            }
        });
    }

    /// <summary>What a customer does, decided by chance, with what must be left of it.</summary>
    private async Task<Life> Live(Random random, (string Pro, string Business) prices)
    {
        var (account, customer) = await Customer();
        var (world, story) = (stripe.World, new List<string>());
        long purchased = 0;
        // Some are told of in the middle of it, and have spent what they had.
        var early = random.Next(25) == 0;
        for (var packs = random.Next(0, 3); packs > 0; packs--)
        {
            var intent = Pack(account, customer, later: random.Next(4) == 0, arrives: random.Next(3) > 0, story);
            if (intent is null) continue;
            purchased += 500;
            if (early)
            {
                await stripe.TellAll();
                if (purchased >= 300 && random.Next(2) == 0)
                {
                    await Spend(account);
                    purchased -= 300;
                    story.Add("spent");
                }
            }
            switch (random.Next(5))
            {
                case 0:
                    var cents = random.Next(1, 2401);
                    world.Refund(intent, cents);
                    if (cents < 2400 && random.Next(2) == 0) world.Refund(intent, 2400 - cents);
                    purchased -= 500 * world.Intent(intent, true)["latest_charge"]!["amount_refunded"]!.GetValue<long>() / 2400;
                    story.Add("refunded");
                    break;
                case 1:
                    var dispute = world.Dispute(intent, 2400);
                    var won = random.Next(2) == 0;
                    if (random.Next(2) == 0) world.CloseDispute(dispute, won);
                    else won = false;
                    if (!won) purchased -= 500;
                    story.Add(won ? "dispute won" : "disputed");
                    break;
            }
        }
        var (plan, allowance) = ("free", 0L);
        if (random.Next(2) == 0) (plan, allowance) = await Subscribe(random, customer, prices, early, story);
        // Of payments Stripe also tells by themselves: seldom here, as operators need not ask for it.
        var told = stripe.Untold().Where(one => !one.Text("type")!.StartsWith("payment_intent.", StringComparison.Ordinal) || random.Next(8) == 0).ToList();
        told.AddRange(told.Where(_ => random.Next(4) == 0).ToList());
        return new(account, told, $"{plan} {allowance} {Math.Max(0, purchased)} {Math.Max(0, -purchased)}", string.Join(", ", story));
    }

    private string? Pack(Guid account, string customer, bool later, bool arrives, List<string> story)
    {
        var session = stripe.World.CreateSession(StripeForms.Read(new Dictionary<string, string>
        {
            ["mode"] = "payment",
            ["customer"] = customer,
            ["line_items[0][price_data][unit_amount]"] = "2400",
            ["invoice_creation[enabled]"] = "true",
            ["payment_intent_data[metadata][rpd_account]"] = account.ToString(),
            ["payment_intent_data[metadata][rpd_kind]"] = "pack",
            ["payment_intent_data[metadata][rpd_what]"] = "medium",
            ["payment_intent_data[metadata][rpd_credits]"] = "500",
        })).Text("id")!;
        stripe.World.Complete(session, later);
        if (later) stripe.World.Arrive(session, arrives);
        story.Add(later ? arrives ? "pack, late" : "pack, never" : "pack");
        return later && !arrives ? null : stripe.World.Find(session).Text("payment_intent");
    }

    private async Task<(string Plan, long Allowance)> Subscribe(Random random, string customer, (string Pro, string Business) prices, bool early, List<string> story)
    {
        var session = stripe.World.CreateSession(StripeForms.Read(new Dictionary<string, string> { ["mode"] = "subscription", ["customer"] = customer, ["line_items[0][price]"] = prices.Pro })).Text("id")!;
        stripe.World.Complete(session);
        var id = stripe.World.Find(session).Text("subscription")!;
        story.Add(early ? "plan, told" : "plan");
        if (early) await stripe.TellAll();
        switch (random.Next(5))
        {
            case 0:
                // What has come stays until its month ends; what is first heard of when it is over brings nothing.
                stripe.World.CancelNow(id);
                story.Add("ended");
                return ("free", early ? 650 : 0);
            case 1:
                stripe.World.ChangeSubscription(id, StripeForms.Read(new Dictionary<string, string> { ["items[0][id]"] = stripe.World.Find(id)["items"]!["data"]![0].Text("id")!, ["items[0][price]"] = prices.Business }));
                story.Add("business");
                return ("business", 2300);
            case 2:
                stripe.World.Renew(id, paid: false);
                story.Add("behind");
                return ("pro", early ? 650 : 0);
            case 3:
                stripe.World.Renew(id, paid: false);
                stripe.World.PayLate(id);
                story.Add("paid late");
                return ("pro", 650);
            default:
                return ("pro", 650);
        }
    }

    private async Task Spend(Guid account)
    {
        var name = $"test:{Guid.NewGuid()}";
        var outcome = await stripe.App.Scalar<string>("select concat_ws(' ', r.outcome, r.balance) from credit_reserve($1, now(), $2, 300, true, null, null, null, null, null, null) r", account, name);
        Assert.True(outcome.StartsWith("ok", StringComparison.Ordinal), outcome + "; " + await stripe.App.Scalar<string>("select string_agg(concat_ws(' ', kind, key, purchased, owed), '; ' order by seq) from credit_entries where account_id = $1", account) + "; " + await stripe.App.Scalar<string>("select string_agg(concat_ws(' ', kind, what, status, credits, amount, refunded, disputed, reversed), '; ') from payments where account_id = $1", account));
        await stripe.App.Execute("select credit_settle($1, now(), $2, $2 || ':settle', 300, null, null)", account, name);
    }

    private async Task<(Guid Account, string Customer)> Customer()
    {
        var account = Guid.CreateVersion7();
        var customer = stripe.World.Add("customer", "cus", null, new JsonObject { ["invoice_settings"] = new JsonObject { ["default_payment_method"] = null } }).Text("id")!;
        await stripe.App.Execute("""
            with added as (
              insert into accounts (id, user_name, normalized_user_name, email, normalized_email, email_confirmed, security_stamp, concurrency_stamp, handle, display_name, plan, role, status, created_at)
              values ($1, $2, upper($2), $2 || '@example.org', upper($2 || '@example.org'), true, $2, $2, left($2, 20), 'A customer', 'free', 'user', 'active', now()))
            insert into billing_customers (account_id, stripe_id, created_at) values ($1, $3, now())
            """, account, "c" + account.ToString("N")[^19..], customer);
        return (account, customer);
    }

    private async Task<string> Price(string plan)
    {
        await StripeApp.Open(await stripe.Customer(), new { plan, interval = "month" });
        return stripe.World.List("price", one => one.Text("metadata", "rpd_plan") == plan)["data"]![0].Text("id")!;
    }

    private Task<string> Standing(Life life) => stripe.App.Scalar<string>(
        "select concat_ws(' ', a.plan, coalesce(b.allowance, 0), coalesce(b.purchased, 0), coalesce(b.owed, 0)) from accounts a left join credit_balances b on b.account_id = a.id where a.id = $1", life.Account);

    private sealed record Life(Guid Account, IReadOnlyList<JsonObject> Told, string Expected, string Story);
}
