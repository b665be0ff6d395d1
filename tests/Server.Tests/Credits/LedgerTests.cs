using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Rpd.Server.Credits;
using Rpd.Server.Tests.Generations;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Credits;

public sealed class LedgerTests(TestPostgres postgres)
{
    [Fact]
    public async Task The_same_fact_is_booked_once_however_often_and_at_once_it_is_told()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 0);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Grant(app, caller.Account, 7, Bucket.Purchased, "stripe:one")));

        Assert.Equal(7, await caller.Balance());
        Assert.Equal(1, await app.Scalar<long>("select count(*) from credit_entries"));
    }

    [Fact]
    public async Task Promo_is_spent_first_then_the_allowance_then_what_was_bought_and_a_release_goes_back_the_same_way()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 0);
        await Grant(app, caller.Account, 3, Bucket.Promo, "a");
        await Grant(app, caller.Account, 4, Bucket.Allowance, "b");
        await Grant(app, caller.Account, 5, Bucket.Purchased, "c");

        await Reserve(app, caller.Account, "gen:x:reserve", 9, promoPays: true);
        Assert.Equal("0/0/3/9", await Buckets(app, caller.Account));
        await app.Execute("select credit_settle($1, now(), 'gen:x:reserve', 'gen:x:settle', 4, null, null)", caller.Account);

        // Four of nine are captured: what was spent last (2 bought, 3 of the allowance) comes back.
        Assert.Equal("0/3/5/0", await Buckets(app, caller.Account));
    }

    [Fact]
    public async Task Promo_does_not_pay_for_models_it_may_not_pay_for()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 0);
        await Grant(app, caller.Account, 100, Bucket.Promo, "a");

        Assert.Equal("(short,0)", await Reserve(app, caller.Account, "gen:x:reserve", 1, promoPays: false));
    }

    [Fact]
    public async Task The_schema_refuses_a_transfer_that_does_not_sum_to_zero()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 5);

        var fault = await Assert.ThrowsAsync<PostgresException>(() =>
            app.Execute("select credit_post($1, now(), 'adjust', 'k', 0, 0, 5, 0, 0, 0, 0, 0, null, null, null)", caller.Account));

        Assert.Equal(PostgresErrorCodes.CheckViolation, fault.SqlState);
    }

    [Fact]
    public async Task The_schema_refuses_a_balance_below_zero()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 5);

        var fault = await Assert.ThrowsAsync<PostgresException>(() => Adjust(app, caller.Account, -6));

        Assert.Equal(PostgresErrorCodes.CheckViolation, fault.SqlState);
        Assert.Equal(5, await caller.Balance());
    }

    [Fact]
    public async Task Who_owes_after_a_reversal_cannot_spend()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 5);
        await app.Execute("select credit_post($1, now(), 'reversal', 'stripe:r', 0, 0, -5, 3, 0, 0, 0, 8, null, null, null)", caller.Account);
        await Grant(app, caller.Account, 9, Bucket.Promo, "p");

        var (status, body) = await caller.Post("/v1/generations", GenerationMoneyTests.Sketch("a hill"));

        Assert.Equal(HttpStatusCode.PaymentRequired, status);
        Assert.Contains("3 credits are owed", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        await GenerationMoneyTests.Sound(app);
    }

    [Theory]
    [InlineData("update credit_entries set promo = promo + 1, grants = grants - 1 where seq = 2")]
    [InlineData("update credit_entries set note = 'x', at = at + interval '1 second' where seq = 1")]
    [InlineData("delete from credit_entries where seq = 2")]
    [InlineData("delete from credit_entries where seq = 3")]
    [InlineData("update credit_balances set purchased = purchased + 1")]
    [InlineData("update credit_entries set seq = case seq when 1 then 20 else 10 end where seq < 3")]
    public async Task The_check_finds_what_was_changed_behind_its_back(string tampering)
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 5);
        await Grant(app, caller.Account, 6, Bucket.Promo, "b");
        await Grant(app, caller.Account, 7, Bucket.Allowance, "c");
        await GenerationMoneyTests.Sound(app);

        await app.Execute(tampering);

        Assert.False((await app.Services.GetRequiredService<CheckLedger>().Run(CancellationToken.None)).Sound);
    }

    [Fact]
    public async Task The_history_reads_newest_first_page_by_page_and_as_csv()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 5);
        for (var i = 0; i < 4; i++) await Grant(app, caller.Account, i + 1, Bucket.Promo, $"k{i}");

        var (_, first) = await caller.Get("/v1/credits/history?limit=2");
        var (_, rest) = await caller.Get($"/v1/credits/history?cursor={first.GetProperty("pagination").GetProperty("nextCursor").GetString()}");
        caller.Http.DefaultRequestHeaders.Add("Accept", "text/csv");
        var csv = await caller.Http.GetStringAsync(new Uri("/v1/credits/history", UriKind.Relative));

        Assert.Equal([5L, 4], first.GetProperty("data").EnumerateArray().Select(entry => entry.GetProperty("seq").GetInt64()));
        Assert.Equal([3L, 2, 1], rest.GetProperty("data").EnumerateArray().Select(entry => entry.GetProperty("seq").GetInt64()));
        Assert.Equal(15, first.GetProperty("data")[0].GetProperty("balanceAfter").GetInt64());
        Assert.Equal(6, csv.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
    }

    private static async Task Grant(App app, Guid account, long credits, Bucket bucket, string key)
    {
        using var scope = app.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<CreditLedger>()
            .Grant(scope.ServiceProvider.GetRequiredService<AppDb>(), account, credits, bucket, key, "test", CancellationToken.None);
    }

    private static async Task Adjust(App app, Guid account, long credits)
    {
        using var scope = app.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<CreditLedger>()
            .Adjust(scope.ServiceProvider.GetRequiredService<AppDb>(), account, credits, Bucket.Purchased, "adjust:1", "test", CancellationToken.None);
    }

    private static Task<string> Reserve(App app, Guid account, string key, long amount, bool promoPays) =>
        app.Scalar<string>("select credit_reserve($1, now(), $2, $3, $4, null, null, null, null, null, null)::text", account, key, amount, promoPays);

    private static Task<string> Buckets(App app, Guid account) =>
        app.Scalar<string>("select concat_ws('/', promo, allowance, purchased, reserved) from credit_balances where account_id = $1", account);
}
