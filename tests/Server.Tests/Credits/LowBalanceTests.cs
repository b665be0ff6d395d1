using System.Net;
using Rpd.Server.Tests.Events;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Credits;

public sealed class LowBalanceTests(TestPostgres postgres)
{
    private const string Count = "select count(*) from events where name = 'credits.low' and account_id = $1";

    [Fact]
    public async Task A_balance_that_falls_through_the_threshold_says_so_once_until_it_was_well_above_it_again()
    {
        await using var app = await App.Start(postgres, ("Credits:LowBalanceThreshold", "10"));
        var caller = await app.Caller(credits: 15);

        var said = new List<long>();
        // 12, 10, 9, and up and down around it; 14, 9; 15, 9.
        foreach (var credits in new long[] { 3, 2, 1, 1, -2, 1, -5, 5, -6, 6 }) said.Add(await Spend(app, caller, credits));

        Assert.Equal([0, 0, 1, 1, 1, 1, 1, 1, 1, 2], said);
        var told = (await caller.Feed(events: 1)).Items[0];
        Assert.Equal(("credits.low", 9, 10), (told.GetProperty("event").GetString(), told.GetProperty("data").GetProperty("balance").GetInt64(), told.GetProperty("data").GetProperty("threshold").GetInt64()));
    }

    [Fact]
    public async Task Of_many_calls_at_once_the_one_that_fell_through_says_so()
    {
        await using var app = await App.Scripted(postgres, ("Jobs:SlowWorkers", "0"), ("Plans:business:GenerationsPerMinute", "100000"), ("Credits:LowBalanceThreshold", "20"));
        var caller = await app.Caller(credits: 40);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill" })));

        Assert.Equal(40, answers.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(1, await app.Scalar<long>(Count, caller.Account));
    }

    [Fact]
    public async Task What_is_rolled_back_was_never_said()
    {
        await using var app = await App.Start(postgres);
        var caller = await app.Caller(credits: 10);
        await using (var connection = await app.Database.OpenConnectionAsync())
        await using (var transaction = await connection.BeginTransactionAsync())
        {
            await using var command = new Npgsql.NpgsqlCommand("select credit_reserve($1, now(), 'test', 5, false, null, null, null, null, null, null)", connection, transaction) { Parameters = { new() { Value = caller.Account } } };
            await command.ExecuteNonQueryAsync();
        }

        Assert.Equal(0, await app.Scalar<long>(Count, caller.Account));
        Assert.Equal(10, await caller.Balance());
    }

    [Fact]
    public async Task An_account_goes_by_the_threshold_that_its_owner_has_chosen_and_none_is_told_at_zero()
    {
        await using var app = await App.Start(postgres);
        var (caller, other) = (await app.Caller(credits: 100), await app.Caller(credits: 100));
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        Assert.Equal("/credits", (await visitor.Post("/credits", "/credits/threshold", ("threshold", "60"))).Headers.Location?.ToString());
        Assert.Contains("name=\"threshold\" type=\"text\" value=\"60\"", await visitor.Read("/credits"), StringComparison.Ordinal);
        foreach (var wrong in new[] { "-1", "many", "9999999999" })
            Assert.Equal(HttpStatusCode.UnprocessableEntity, (await visitor.Post("/credits", "/credits/threshold", ("threshold", wrong))).StatusCode);

        Assert.Equal((1, 0), (await Spend(app, caller, 41), await Spend(app, other, 41)));
        Assert.Equal(60, (await caller.Get("/v1/credits/balance")).Body.GetProperty("data").GetProperty("lowBalanceThreshold").GetInt64());

        await visitor.Post("/credits", "/credits/threshold", ("threshold", "0"));
        Assert.Equal(1, await Spend(app, caller, 59));
        await visitor.Post("/credits", "/credits/threshold", ("threshold", ""));
        await Spend(app, caller, -100);
        Assert.Equal(2, await Spend(app, caller, 95));
    }

    [Fact]
    public async Task A_server_that_starts_with_another_threshold_goes_by_that()
    {
        var connection = await postgres.CreateDatabase();
        foreach (var threshold in new[] { "10", "500" })
        {
            await using var app = await App.Start(postgres, ("ConnectionStrings:Postgres", connection), ("Credits:LowBalanceThreshold", threshold));
            var caller = await app.Caller(credits: 600);
            await Spend(app, caller, 200);

            Assert.Equal(threshold == "500" ? 1 : 0, await app.Scalar<long>(Count, caller.Account));
        }
    }

    private static async Task<long> Spend(App app, Caller caller, long credits)
    {
        await app.Execute("select credit_post($1, now(), 'adjust', gen_random_uuid()::text, 0, 0, -$2, 0, 0, 0, $2, 0, null, null, null)", caller.Account, credits);
        return await app.Scalar<long>(Count, caller.Account);
    }
}
