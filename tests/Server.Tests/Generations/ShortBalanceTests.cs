using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Generations.GenerationMoneyTests;

namespace Rpd.Server.Tests.Generations;

/// <summary>Many who want several generations each, at once, of a balance that is enough for some of them: each starts whole or not at all.</summary>
public sealed class ShortBalanceTests(TestPostgres postgres)
{
    private static readonly (string, string)[] Settings = [("Jobs:SlowWorkers", "0"), ("Plans:business:GenerationsPerMinute", "100000"), ("Plans:business:GeneralPerMinute", "100000")];

    private static readonly object FiveItems = new { items = Enumerable.Range(0, 5).Select(number => Sketch($"hill {number}")).ToArray() };

    [Fact]
    public async Task Twelve_credits_start_two_of_twenty_batches_of_five()
    {
        await using var app = await App.Scripted(postgres, Settings);
        var caller = await app.Caller(credits: 12);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => caller.Post("/v1/batch", FiveItems)));

        Started(answers, 2, "INSUFFICIENT_CREDITS");
        await Holds(app, caller, balance: 2, reserved: 10);
    }

    [Fact]
    public async Task Five_credits_start_two_of_twenty_comparisons_of_two()
    {
        await using var app = await App.Scripted(postgres, Settings);
        var caller = await app.Caller(credits: 5);
        var model = new { provider = "studio", model = "studio-sketch" };

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => caller.Post("/v1/generations/compare", new { type = "text2image", prompt = "a hill", models = new[] { model, model } })));

        Started(answers, 2, "INSUFFICIENT_CREDITS");
        await Holds(app, caller, balance: 1, reserved: 4);
    }

    [Fact]
    public async Task A_cap_of_twelve_starts_two_of_twenty_batches_of_five()
    {
        await using var app = await App.Scripted(postgres, Settings);
        var caller = await app.Caller(credits: 100, cap: 12);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => caller.Post("/v1/batch", FiveItems)));

        Started(answers, 2, "SPEND_CAP_REACHED");
        await Holds(app, caller, balance: 90, reserved: 10);
        Assert.Equal(10, await app.Scalar<long>("select sum(spent)::bigint from api_key_spend"));
    }

    private static void Started((HttpStatusCode Status, JsonElement Body)[] answers, int count, string otherwise)
    {
        var (started, refused) = (answers.Where(answer => answer.Status == HttpStatusCode.Created).ToArray(), answers.Where(answer => answer.Status != HttpStatusCode.Created).ToArray());
        Assert.Equal(count, started.Length);
        Assert.All(refused, answer => Assert.Equal((HttpStatusCode.PaymentRequired, otherwise), (answer.Status, answer.Body.GetProperty("error").GetProperty("code").GetString())));
    }

    /// <summary>One credit each is reserved, and nothing else is there.</summary>
    private static async Task Holds(App app, Caller caller, long balance, long reserved)
    {
        var said = (await caller.Get("/v1/credits/balance")).Body.GetProperty("data");
        Assert.Equal((balance, reserved), (said.GetProperty("balance").GetInt64(), said.GetProperty("reserved").GetInt64()));
        Assert.Equal(reserved, await app.Scalar<long>("select count(*) from generations"));
        Assert.Equal(reserved, await app.Scalar<long>("select count(*) from credit_entries where kind = 'reserve'"));
        Assert.Equal(reserved, await app.Scalar<long>("select sum(active + held)::bigint from generation_slots"));
        await Sound(app);
    }
}
