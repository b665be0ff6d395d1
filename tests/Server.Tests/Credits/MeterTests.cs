using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Npgsql;
using Rpd.Server.Credits;
using Rpd.Server.Credits.Metering;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Credits;

/// <summary>Short calls are counted in memory, and the books are exact all the same.</summary>
public sealed class MeterTests(SharedApp shared) : IClassFixture<SharedApp>
{
    private readonly App app = shared.App;

    [Fact]
    public async Task Of_many_calls_at_once_as_many_are_paid_as_there_are_credits_and_the_balance_ends_at_zero()
    {
        var caller = await app.Caller(credits: 100);
        var payer = Of(caller);

        var paid = (await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => Task.Run(() => Call(app, payer))))).Count(ok => ok);

        Assert.Equal(100, paid);
        Assert.Equal((0, 0), await Rest(app, caller));
        Assert.Equal("100/0/100", await Usage(caller));
        await Sound();
    }

    [Fact]
    public async Task Two_nodes_together_spend_what_is_there_and_no_more()
    {
        await using var twin = app.Twin();
        var caller = await app.Caller(credits: 100);
        var payer = Of(caller);

        // Whoever finds the other node holding the last ones comes again, as a client would.
        var paid = 0;
        await Task.WhenAll(new[] { app, twin }.SelectMany(node => Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            for (var refused = 0; refused < 40;)
            {
                if (await Call(node, payer)) Interlocked.Increment(ref paid);
                else
                {
                    refused++;
                    await Task.Delay(100);
                }
            }
        }))));

        Assert.Equal(100, paid);
        Assert.Equal((0, 0), await Rest(app, caller));
        await Sound();
    }

    [Fact]
    public async Task A_node_that_is_stopped_from_two_sides_gives_back_what_it_held_before_either_has_ended()
    {
        await using var node = app.Twin();
        var caller = await app.Caller(credits: 50);
        Assert.True(await Call(node, Of(caller)));
        await node.Booked(caller);
        var settle = node.Services.GetServices<IHostedService>().OfType<SettleLeases>().Single();

        await using (var connection = await app.Database.OpenConnectionAsync())
        await using (await connection.BeginTransactionAsync())
        {
            // Holds up what gives the rest back.
            await using var command = new NpgsqlCommand("select 1 from credit_balances where account_id = $1 for update", connection) { Parameters = { new() { Value = caller.Account } } };
            await command.ExecuteScalarAsync();
            var (first, second) = (settle.StopAsync(CancellationToken.None), settle.StopAsync(CancellationToken.None));
            await Task.WhenAny(first, second, Task.Delay(500));
            Assert.False(first.IsCompleted || second.IsCompleted);
        }
        await settle.StopAsync(CancellationToken.None);
        Assert.Equal((49, 0), await Rest(app, caller));
    }

    [Fact]
    public async Task What_a_call_held_and_did_not_need_comes_back_and_a_call_without_an_answer_costs_nothing()
    {
        var caller = await app.Caller(credits: 50);
        var payer = Of(caller);

        using (var answered = (await Meter(app).Hold(payer, 30, "rapshee", "m", default)).Value!)
        {
            Assert.True((await Meter(app).Hold(payer, 30, "rapshee", "m", default)).Declined);
            Assert.Equal(4, answered.Charge(4, 10, 20));
        }
        (await Meter(app).Hold(payer, 40, "rapshee", "m", default)).Value!.Dispose();

        Assert.Equal((46, 0), await Rest(app, caller));
        Assert.Equal("2/1/4", await Usage(caller));
        Assert.Equal("10/20", await app.Scalar<string>("select concat_ws('/', sum(input_tokens), sum(output_tokens)) from usage_hours where account_id = $1", caller.Account));
        await Sound();
    }

    [Fact]
    public async Task More_than_was_held_is_taken_as_far_as_it_is_there_and_what_others_hold_stays_theirs()
    {
        var caller = await app.Caller(credits: 20);
        var payer = Of(caller);
        using var other = (await Meter(app).Hold(payer, 15, "rapshee", "m", default)).Value!;
        using var hold = (await Meter(app).Hold(payer, 3, "rapshee", "m", default)).Value!;

        var charged = hold.Charge(100);

        Assert.InRange(charged, 3, 5);
        Assert.Equal(15, other.Charge(15));
        Assert.Equal((5 - charged, 0), await Rest(app, caller));
    }

    [Fact]
    public async Task A_capped_key_spends_its_cap_and_what_it_did_not_need_is_its_again()
    {
        var caller = await app.Caller(credits: 1000, cap: 10);
        var key = await app.Scalar<Guid>("select id from api_keys where account_id = $1", caller.Account);
        var payer = new Payer(caller.Account, "test", "business", key, 10, "total", DateTimeOffset.UnixEpoch);

        using (var hold = (await Meter(app).Hold(payer, 6, "rapshee", "m", default)).Value!) hold.Charge(2);
        Assert.Equal((998, 0), await Rest(app, caller));
        Assert.Equal(2, await app.Scalar<long>("select spent from api_key_spend where api_key_id = $1", key));
        var paid = (await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => Call(app, payer))))).Count(ok => ok);
        var refused = await Meter(app).Hold(payer, 1, "rapshee", "m", default);

        Assert.Equal(8, paid);
        Assert.Equal("SPEND_CAP_REACHED", refused.Refusal!.Code);
        Assert.Equal((990, 0), await Rest(app, caller));
        Assert.Equal(10, await app.Scalar<long>("select spent from api_key_spend where api_key_id = $1", key));
    }

    [Fact]
    public async Task Promo_credits_pay_only_for_what_they_may_pay_for()
    {
        var caller = await app.Caller(credits: 0);
        await Grant(caller, 5, Bucket.Promo);
        var payer = Of(caller);

        Assert.True((await Meter(app).Hold(payer, 1, "kling", "kling-3.0", default)).Declined);
        using var hold = (await Meter(app).Hold(payer, 1, "rapshee", "rapshee-1", default)).Value!;
        Assert.Equal(1, hold.Charge(1));
        Assert.Equal((4, 0), await Rest(app, caller));
    }

    [Fact]
    public async Task Test_keys_play_with_the_test_balance_and_leave_no_trace_in_the_books()
    {
        var caller = await app.Caller(credits: 5);
        var payer = Of(caller) with { Test = true };

        using (var hold = (await Meter(app).Hold(payer, 900, "rapshee", "m", default)).Value!) hold.Charge(7);
        Assert.True((await Meter(app).Hold(payer, 1001, "rapshee", "m", default)).Declined);

        await Until(async () => await app.Scalar<long>("select spent from test_balances where account_id = $1", caller.Account) == 7);
        Assert.Equal((5, 0), await Rest(app, caller));
        Assert.Equal(0, await app.Scalar<long>("select count(*) from usage_hours where account_id = $1", caller.Account));
    }

    [Fact]
    public async Task What_a_lost_node_had_set_aside_goes_back_and_a_booking_whose_answer_was_lost_is_booked_once()
    {
        var caller = await app.Caller(credits: 50);
        var lease = Guid.CreateVersion7();
        await app.Execute("select lease_draw($1, $2, now(), 20, 0, true, null, null, null, null, interval '1 hour')", lease, caller.Account);
        for (var again = 0; again < 2; again++)
            Assert.True(await app.Scalar<bool>("select lease_settle($1, $2, now(), 1, 6, interval '0', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')", lease, caller.Account));

        // The duty of every second finds it, since its time is over.
        Assert.Equal((44, 0), await Rest(app, caller));
        Assert.False(await app.Scalar<bool>("select lease_settle($1, $2, now(), 2, 6, interval '0', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}')", lease, caller.Account));
        await Sound();
    }

    private static Payer Of(Caller caller) => new(caller.Account, "test", "business");

    private static Meter Meter(App node) => node.Services.GetRequiredService<Meter>();

    private static async Task<bool> Call(App node, Payer payer)
    {
        var hold = await Meter(node).Hold(payer, 1, "rapshee", "m", default);
        if (hold.Declined) return false;
        using (hold.Value) return hold.Value!.Charge(1) == 1;
    }

    private async Task Grant(Caller caller, long credits, Bucket bucket)
    {
        using var scope = app.Services.CreateScope();
        await app.Services.GetRequiredService<CreditLedger>().Grant(scope.ServiceProvider.GetRequiredService<AppDb>(), caller.Account, credits, bucket, $"test:{Guid.NewGuid()}", "test", default);
    }

    /// <summary>Spendable and reserved, when all is booked and nothing is set aside any more.</summary>
    private static async Task<(long, long)> Rest(App app, Caller caller)
    {
        await Until(async () => await app.Scalar<long>("select count(*) from credit_leases where account_id = $1", caller.Account) == 0);
        return (await app.Scalar<long>("select promo + allowance + purchased from credit_balances where account_id = $1", caller.Account),
            await app.Scalar<long>("select reserved from credit_balances where account_id = $1", caller.Account));
    }

    private Task<string> Usage(Caller caller) =>
        app.Scalar<string>("select concat_ws('/', sum(requests), sum(failed), sum(credits)) from usage_hours where account_id = $1", caller.Account);

    private async Task Sound() => Assert.Empty((await app.Services.GetRequiredService<CheckLedger>().Run(default)).Faults);

    private static async Task Until(Func<Task<bool>> done)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!await done()) await Task.Delay(50, patience.Token);
    }
}
