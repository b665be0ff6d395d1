using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Comparisons;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Comparisons;

public sealed class RatingTests(TestPostgres postgres)
{
    [Fact]
    public void Few_votes_move_little_many_move_much_and_their_order_is_nothing()
    {
        double Of(int wins, int losses) => BradleyTerry.Rate([("a", "b", wins), ("b", "a", losses)])["a"];

        Assert.InRange(Of(1, 0), 0.51, 0.58);
        Assert.InRange(Of(40, 0), 0.75, 0.99);
        Assert.Equal(0.5, Of(7, 7), 6);
        Assert.True(Of(20, 5) > Of(4, 1));
        (string, string, int)[] pairs = [("a", "b", 3), ("b", "c", 5), ("c", "a", 1), ("d", "a", 2)];
        Assert.Equal(BradleyTerry.Rate(pairs), BradleyTerry.Rate(pairs.Reverse()));
        Assert.Empty(BradleyTerry.Rate([]));
    }

    [Fact]
    public void Who_beats_the_strong_is_stronger_than_who_beats_the_weak()
    {
        var rated = BradleyTerry.Rate([("strong", "weak", 30), ("x", "strong", 5), ("y", "weak", 5)]);
        Assert.True(rated["x"] > rated["y"]);
    }

    [Fact]
    public async Task Votes_reach_the_catalogue_and_the_recommendation_and_nobody_can_push_a_model_alone()
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        var rate = app.Services.GetRequiredService<RateModels>();
        var (_, before) = await caller.Post("/v1/models/recommend", new { prompt = "a lake", type = "text2image" });
        var suspended = await app.Caller();
        await app.Execute("update accounts set status = 'suspended' where id = $1", suspended.Account);

        for (var n = 0; n < 20; n++) await Vote(app, caller.Account, "studio-sketch", "flux-2-pro");
        for (var n = 0; n < 5; n++) await Vote(app, suspended.Account, "flux-2-pro", "studio-sketch");
        await rate.Run(TestContext.Current.CancellationToken);
        Assert.Equal((RateModels.PairsADay, RateModels.PairsADay), (await Votes(app), await app.Scalar<int>("select wins from model_ratings where model = 'studio-sketch'")));

        for (var n = 0; n < 12; n++) await Vote(app, (await app.Caller(credits: 0)).Account, "studio-sketch", "flux-2-pro");
        await rate.Run(TestContext.Current.CancellationToken);
        await rate.Run(TestContext.Current.CancellationToken);
        Assert.Equal(RateModels.PairsADay + 12, await Votes(app));

        var (_, model) = await caller.Get("/v1/models/studio-sketch");
        var score = model.GetProperty("data").GetProperty("scores")[0];
        Assert.Equal(("text2image", 15, 1.0), (score.GetProperty("type").GetString(), score.GetProperty("votes").GetInt32(), score.GetProperty("winRate").GetDouble()));
        Assert.InRange(score.GetProperty("rating").GetDouble(), 0.6, 0.9);
        var (_, after) = await caller.Post("/v1/models/recommend", new { prompt = "a lake", type = "text2image" });
        Assert.True(Score(after) > Score(before), $"{Score(before)} → {Score(after)}");
        Assert.Contains("It was preferred in 100 % of 15 blind comparisons with other models.", after.GetRawText(), StringComparison.Ordinal);

        await app.Execute("delete from comparison_votes");
        await rate.Run(TestContext.Current.CancellationToken);
        Assert.Equal(0L, await app.Scalar<long>("select count(*) from model_ratings"));
    }

    private static Task<int> Votes(App app) => app.Scalar<int>("select votes from model_ratings where model = 'studio-sketch'");

    private static int Score(System.Text.Json.JsonElement answer) =>
        answer.GetProperty("data").EnumerateArray().Single(one => one.GetProperty("model").GetString() == "studio-sketch").GetProperty("score").GetInt32();

    private static Task Vote(App app, Guid account, string winner, string loser) => app.Execute(
        "insert into comparison_votes values (gen_random_uuid(), $1, 'text2image', 'best', gen_random_uuid(), $2, array[$3], now())", account, winner, loser);
}
