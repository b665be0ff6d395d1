using System.Net;
using System.Text.RegularExpressions;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.CustomModels;

public sealed partial class CustomModelPagesTests(TrainingApp shared) : IClassFixture<TrainingApp>
{
    private readonly App app = shared.App;

    [Fact]
    public async Task A_file_is_chosen_a_model_learns_and_is_deployed_tried_and_deleted()
    {
        var ada = await Trainer.Of(app);
        var visitor = await PageVisitor.SignIn(app, ada.Caller.Account);
        var example = await visitor.Read("/custom-models/example.csv");

        using var made = await visitor.Send("/custom-models", "/custom-models", Form("Mail", System.Text.Encoding.UTF8.GetBytes(example)));
        Assert.Equal(HttpStatusCode.SeeOther, made.StatusCode);
        var page = made.Headers.Location!.ToString();
        var model = Guid.Parse(page.Split('/')[^1]);
        await ada.Ended(model);
        Assert.Contains("What was taken for what", await visitor.Read(page), StringComparison.Ordinal);
        Assert.DoesNotContain("Try it", await visitor.Read(page), StringComparison.Ordinal);

        using var deployed = await visitor.Post(page, page + "/deploy");
        Assert.Equal(page, deployed.Headers.Location!.ToString());
        using var tried = await visitor.Post(page, page + "/try", ("text", "I am so angry, it arrived broken and late"));
        var said = await tried.Content.ReadAsStringAsync();
        Assert.Matches("<h3>complaint</h3>", said);
        Assert.Matches("data-balance>9</span> left", said);
        using var stream = await visitor.Send(page, page + "/try", new FormUrlEncodedContent([new("text", "When do you deliver?")]), streams: true);
        Assert.Matches("target=\"custom-answer\"><template>[\\s\\S]*<h3>question</h3>", await stream.Content.ReadAsStringAsync());
        Assert.Contains("Mail", await visitor.Read("/custom-models"), StringComparison.Ordinal);
        using var card = await visitor.Get(page + "/card", frame: $"card-{model}");
        Assert.Matches(Live(), await card.Content.ReadAsStringAsync());

        using var gone = await visitor.Post(page, page + "/delete");
        Assert.Equal("/custom-models", gone.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.NotFound, (await visitor.Get(page)).StatusCode);
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_is_said_beside_it_and_the_rest_of_the_form_stays()
    {
        var ada = await Trainer.Of(app);
        var visitor = await PageVisitor.SignIn(app, ada.Caller.Account);

        using var refused = await visitor.Send("/custom-models", "/custom-models", Form("My mails", "text,label\nx\n"u8.ToArray()));
        var page = await refused.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains("Line 2 has 1 values", page, StringComparison.Ordinal);
        Assert.Contains("value=\"My mails\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_smaller_plan_is_told_which_plans_have_it_and_strangers_see_nothing()
    {
        var (ada, free) = (await Trainer.Of(app), await Trainer.Of(app, "free"));
        var visitor = await PageVisitor.SignIn(app, free.Caller.Account);
        var model = await ada.Create(Trainer.Mails(5));

        var page = await visitor.Read("/custom-models");
        Assert.Contains("Custom models come with Creator, Pro, Business, Enterprise.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("name=\"file\"", page, StringComparison.Ordinal);
        foreach (var path in new[] { "", "/try", "/deploy", "/delete" })
            Assert.Equal(HttpStatusCode.NotFound, (path.Length == 0 ? await visitor.Get($"/custom-models/{model}") : await visitor.Post("/settings", $"/custom-models/{model}{path}", ("text", "x"))).StatusCode);
    }

    private static MultipartFormDataContent Form(string name, byte[] file) => new() { { new StringContent(name), "name" }, { new StringContent("text"), "kind" }, { new ByteArrayContent(file), "file", "examples.csv" } };

    [GeneratedRegex("data-live-id=\"[0-9a-f-]{36}\" data-live-version=\"[0-9]+\" data-status=\"ready\"")]
    private static partial Regex Live();
}
