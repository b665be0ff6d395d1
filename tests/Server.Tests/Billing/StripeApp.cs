using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Billing;
using Rpd.Server.Tests.Support;
using Rpd.Tests.Stripe;

namespace Rpd.Server.Tests.Billing;

/// <summary>A server that takes money, and the Stripe that it takes it with. Both have the same clock, which stands still until a test moves it.</summary>
public sealed class StripeApp(TestPostgres postgres) : IAsyncLifetime
{
    private StripeServer? stripe;
    private App? app;

    public App App => app!;

    public StripeServer Stripe => stripe!;

    public StripeWorld World => Stripe.World;

    public TestClock Clock { get; } = new();

    public async ValueTask InitializeAsync()
    {
        stripe = await StripeServer.Start();
        World.Time = Clock;
        app = await App.At(Clock, postgres, ("Stripe:SecretKey", StripeServer.SecretKey), ("Stripe:WebhookSecret", StripeServer.WebhookSecret), ("Stripe:Url", Stripe.Url), ("Jobs:PollMilliseconds", "100"));
    }

    public async ValueTask DisposeAsync()
    {
        await App.DisposeAsync();
        await Stripe.DisposeAsync();
    }

    /// <summary>Somebody without credits, on the plan free.</summary>
    public Task<Caller> Customer() => App.Caller(credits: 0, plan: "free");

    /// <summary>Opens a payment page and answers its id.</summary>
    public static async Task<string> Open(Caller caller, object what)
    {
        var (status, body) = await caller.Post("/v1/billing/checkout", what);
        Assert.True(status == HttpStatusCode.OK, body.ToString());
        return body.GetProperty("data").GetProperty("sessionId").GetString()!;
    }

    /// <summary>Opens a payment page, pays, and has Stripe tell of it.</summary>
    public async Task<string> Pay(Caller caller, object what)
    {
        var session = await Open(caller, what);
        World.Complete(session);
        await TellAll();
        return session;
    }

    /// <summary>Everything that happened and was not told yet, in order; answers when all of it is handled.</summary>
    public async Task TellAll()
    {
        while (World.Events.TryDequeue(out var told)) Assert.Equal(HttpStatusCode.OK, await Tell(told));
        await Handled();
    }

    /// <summary>What happened and was not told yet.</summary>
    public IReadOnlyList<JsonObject> Untold()
    {
        var untold = new List<JsonObject>();
        while (World.Events.TryDequeue(out var told)) untold.Add(told);
        return untold;
    }

    public async Task<HttpStatusCode> Tell(JsonObject told) => await Tell(told.ToJsonString(), null);

    public async Task<HttpStatusCode> Tell(string body, string? signature)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/billing/stripe") { Content = new StringContent(body) };
        request.Headers.Add("Stripe-Signature", signature ?? StripeWorld.Sign(body, Clock.GetUtcNow()));
        using var answer = await App.CreateClient().SendAsync(request);
        return answer.StatusCode;
    }

    /// <summary>Waits until no event is open.</summary>
    public async Task Handled()
    {
        for (var looks = 0; await App.Scalar<long>("select count(*) from stripe_events where handled_at is null") > 0; looks++)
        {
            Assert.True(looks < 1200, "Events were not handled: " + await App.Scalar<string>("select coalesce(string_agg(kind || ' ' || state || ' ' || coalesce(last_error, ''), '; '), 'no jobs') from jobs"));
            await Task.Delay(25);
        }
    }

    public Task<int> GrantDue() => App.Services.GetRequiredService<GrantAllowances>().Run(CancellationToken.None);

    public async Task<string> Balances(Caller caller)
    {
        await using var command = App.Database.CreateCommand("select concat_ws(' ', b.promo, b.allowance, b.purchased, b.owed) from accounts a left join credit_balances b on b.account_id = a.id where a.id = $1");
        command.Parameters.AddWithValue(caller.Account);
        return (string)(await command.ExecuteScalarAsync())! is { Length: > 0 } some ? some : "0 0 0 0";
    }

    public Task<string> Plan(Caller caller) => App.Scalar<string>("select plan from accounts where id = $1", caller.Account);

    public Task<string> Intent(Caller caller) => App.Scalar<string>("select payment_intent from payments where account_id = $1 order by created_at desc, id desc limit 1", caller.Account);

    public async Task SoundLedger()
    {
        var report = await App.Services.GetRequiredService<Rpd.Server.Credits.CheckLedger>().Run(CancellationToken.None);
        Assert.Empty(report.Faults);
        // What days have brought is counted as payments change, and is what their rows say.
        Assert.Equal("", await App.Scalar<string>("""
            with counted as (
              select (paid_at at time zone 'UTC')::date as day, currency, sum(greatest(amount - refunded - disputed, 0)) as kept, coalesce(sum(credits - reversed) filter (where kind <> 'plan'), 0) as credits
              from payments where status = 'paid' group by 1, 2)
            select coalesce(string_agg(concat_ws(' ', day, currency, c.kept, d.kept, c.credits, d.credits), '; '), '') from counted c full join payment_days d using (day, currency)
            where (coalesce(c.kept, 0), coalesce(c.credits, 0)) <> (coalesce(d.kept, 0), coalesce(d.credits, 0))
            """));
    }
}
