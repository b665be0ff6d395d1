using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;
using static Rpd.Server.Tests.Generations.GenerationMoneyTests;

namespace Rpd.Server.Tests.Prompts;

/// <summary>The built-in lists at every door through which several generations or params come in.</summary>
public sealed class PolicyOfGroupsTests(TestPostgres postgres)
{
    private const string Bad = "p0rn";

    [Fact]
    public async Task A_batch_with_a_violation_names_every_item_that_has_one_and_starts_nothing()
    {
        await using var app = await App.Scripted(postgres, ("Jobs:SlowWorkers", "0"));
        var caller = await app.Caller(credits: 10);

        var (status, body) = await caller.Post("/v1/batch", new
        {
            items = new[] { Sketch("a hill"), Sketch($"{Bad} on a hill"), new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a lake", title = Bad } },
        });

        await Refused(app, caller, status, body, "items[1].prompt", "items[2].title");
    }

    [Fact]
    public async Task A_comparison_with_a_violation_names_it_and_starts_nothing()
    {
        await using var app = await App.Scripted(postgres, ("Jobs:SlowWorkers", "0"));
        var caller = await app.Caller(credits: 10);

        var (status, body) = await caller.Post("/v1/generations/compare", new
        {
            type = "text2image",
            prompt = $"{Bad} on a hill",
            models = new[] { new { provider = "studio", model = "studio-sketch" }, new { provider = "studio", model = "studio-sketch" } },
        });

        await Refused(app, caller, status, body, "prompt");
    }

    [Fact]
    public async Task Words_in_params_are_read_too_wherever_they_come_in()
    {
        await using var app = await App.Scripted(postgres, ("Jobs:SlowWorkers", "0"));
        var caller = await app.Caller(credits: 10);
        var styled = new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", @params = new { style = Bad } };

        var (alone, aloneBody) = await caller.Post("/v1/generations", styled);
        var (batch, batchBody) = await caller.Post("/v1/batch", new { items = new object[] { Sketch("a lake"), styled } });
        var (compared, comparedBody) = await caller.Post("/v1/generations/compare", new
        {
            type = "text2image",
            prompt = "a hill",
            models = new object[] { new { provider = "studio", model = "studio-sketch" }, new { provider = "studio", model = "studio-sketch", @params = new { style = Bad } } },
        });

        await Refused(app, caller, alone, aloneBody, "params.style");
        await Refused(app, caller, batch, batchBody, "items[1].params.style");
        await Refused(app, caller, compared, comparedBody, "params.style");
    }

    private static async Task Refused(App app, Caller caller, HttpStatusCode status, JsonElement body, params string[] fields)
    {
        var error = body.GetProperty("error");
        Assert.Equal((HttpStatusCode.BadRequest, "CONTENT_VIOLATION"), (status, error.GetProperty("code").GetString()));
        Assert.Equal(fields, error.GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()!).Distinct());
        Assert.DoesNotContain("porn", body.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(0, await app.Scalar<long>("select (select count(*) from generations) + (select count(*) from jobs where kind = 'generation.submit') + (select count(*) from credit_entries where kind = 'reserve')"));
        Assert.Equal(10, await caller.Balance());
    }
}
