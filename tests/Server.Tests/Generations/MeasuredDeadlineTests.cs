using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Generations;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations;

public sealed class MeasuredDeadlineTests(TestPostgres postgres)
{
    [Theory]
    [InlineData(19, 1_000, 900, "fast")]
    [InlineData(20, 1_000, 225, "fast")]
    [InlineData(20, 200_000, 600, "standard")]
    [InlineData(20, 9_000_000, 3600, "slow")]
    public async Task A_model_has_the_time_and_the_word_that_it_was_measured_to_need(int samples, int p99, int seconds, string speed)
    {
        await using var app = await App.Scripted(postgres);
        var caller = await app.Caller();
        await app.Execute("insert into model_speeds (model, samples, p50_ms, p95_ms, p99_ms, measured_at) values ('studio-sketch', $1, $2 / 2, $2, $2, now())", samples, p99);
        await app.Services.GetRequiredService<MeasureModels>().Run(CancellationToken.None);

        var (_, body) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "A hill" });
        var (_, models) = await caller.Get("/v1/models");

        Assert.Equal(seconds, await app.Scalar<int>("select deadline_seconds from generations where id = $1", body.GetProperty("data").GetProperty("id").GetGuid()));
        Assert.Equal(speed, models.GetProperty("data").EnumerateArray().Single(model => model.GetProperty("id").GetString() == "studio-sketch").GetProperty("speed").GetString());
    }
}
