using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

/// <summary>A conversation with what is built in, and with a model that takes its time.</summary>
public sealed class Chatting(Site site, Browser browser)
{
    [Fact]
    public async Task A_question_is_answered_from_the_documentation_gone_on_with_and_deleted()
    {
        await ApiClient.Of(site, "iris@chat.example.org");
        await using var iris = await browser.Visitor(site);
        await iris.SignIn("iris@chat.example.org", ApiClient.Password);
        await iris.Page.GetByRole(AriaRole.Link, new() { Name = "Chat", Exact = true }).First.ClickAsync();
        await Expect(iris.Page.GetByText("No language model is connected.")).ToBeVisibleAsync();

        await iris.Link("How do I create an API key?").ClickAsync();
        await Expect(iris.Labelled("Message")).ToHaveValueAsync("How do I create an API key?");
        await iris.Button("Send").ClickAsync();
        var answers = iris.Page.Locator(".answer");
        await Expect(answers.Locator(".turn-foot")).ToContainTextAsync("1 credit");
        await Expect(answers.Locator(".markdown a").First).ToBeVisibleAsync();
        await Expect(iris.Heading("How do I create an API key?")).ToBeVisibleAsync();
        Assert.Contains("/chat/", iris.Page.Url, StringComparison.Ordinal);

        await iris.Labelled("Message").FillAsync("What is 12 miles in km?");
        await iris.Labelled("Message").PressAsync("Enter");
        await Expect(answers).ToHaveCountAsync(2);
        await Expect(answers.Last.Locator(".markdown")).ToContainTextAsync("19.31");
        await Expect(answers.Last.Locator(".turn-foot")).ToContainTextAsync("credit");
        await iris.Button("Answer again").ClickAsync();
        await Expect(answers.Last.Locator(".markdown")).ToContainTextAsync("19.31");
        await Expect(answers).ToHaveCountAsync(2);
        await Expect(iris.Page.Locator("[data-balance]").First).ToHaveTextAsync("97");

        await iris.Page.ReloadAsync();
        await Expect(iris.Page.Locator(".question p")).ToHaveTextAsync(["How do I create an API key?", "What is 12 miles in km?"]);
        await iris.Page.Locator(".talk-head summary").ClickAsync();
        await iris.Button("Delete for good").ClickAsync();
        await Expect(iris.Heading("Chat")).ToBeVisibleAsync();
        await Expect(iris.Page.Locator(".earlier li")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task An_answer_is_seen_as_it_is_written_and_stopped()
    {
        await using var vendor = new TalkingVendor();
        await using var talking = new Site
        {
            Settings = new Dictionary<string, string> { ["Chat__Upstreams__story__BaseUrl"] = vendor.Address, ["Chat__Upstreams__story__Models__rapshee-1"] = "story" },
        };
        await talking.InitializeAsync();
        await ApiClient.Of(talking, "otis@chat.example.org");
        await using var otis = await browser.Visitor(talking);
        await otis.SignIn("otis@chat.example.org", ApiClient.Password);
        await otis.Goto("/chat");
        await otis.Page.GetByText("Instructions").ClickAsync();
        await otis.Labelled("What the model should know before everything else").FillAsync("Tell stories.");
        await otis.Labelled("Message").FillAsync("A long one, please");
        await otis.Labelled("Message").PressAsync("Enter");

        // It is there, as Markdown, while nothing has ended yet.
        await Expect(otis.Page.Locator(".answer strong")).ToHaveTextAsync("time");
        await Expect(otis.Page.Locator(".answer h3")).ToHaveTextAsync("A story");
        await Expect(otis.Button("Send")).ToBeHiddenAsync();
        await otis.Button("Stop").ClickAsync();
        await Expect(otis.Page.Locator(".answer .turn-foot")).ToContainTextAsync("stopped");
        await Expect(otis.Page.Locator(".answer strong")).ToHaveTextAsync("time");
        await Expect(otis.Button("Send")).ToBeVisibleAsync();
        await Expect(otis.Page.GetByText("Instructions (set)")).ToBeVisibleAsync();

        await otis.Labelled("Message").FillAsync("A short one, please");
        await otis.Button("Send").ClickAsync();
        await Expect(otis.Page.Locator(".answer .turn-foot")).ToHaveCountAsync(2);
        await Expect(otis.Page.Locator(".answer").Last).Not.ToContainTextAsync("stopped");
    }
}
