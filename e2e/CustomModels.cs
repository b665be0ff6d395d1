using Microsoft.Playwright;
using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

/// <summary>A classifier from its examples to its answers.</summary>
public sealed class CustomModels(Site site, Browser browser)
{
    [Fact]
    public async Task Examples_are_uploaded_the_training_is_watched_and_the_model_answers()
    {
        await ApiClient.Of(site, "ida@custom.example.org", plan: "pro");
        await using var ida = await browser.Visitor(site);
        await ida.SignIn("ida@custom.example.org", ApiClient.Password);
        await ida.Goto("/custom-models");
        await ida.Page.GetByText("What the file must look like").ClickAsync();
        var download = await ida.Page.RunAndWaitForDownloadAsync(() => ida.Link("A CSV to begin with").ClickAsync());
        Assert.Equal("examples.csv", download.SuggestedFilename);
        var example = await File.ReadAllTextAsync(await download.PathAsync());
        // Enough of them that the training can be watched.
        var lines = example.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var many = string.Join('\n', lines.Take(1).Concat(Enumerable.Range(0, 100).SelectMany(_ => lines.Skip(1))));

        await ida.Labelled("Name").FillAsync("Support mail");
        await ida.Labelled("Examples").SetInputFilesAsync(new FilePayload { Name = "none.csv", MimeType = "text/csv", Buffer = "text,label\nonly one value\n"u8.ToArray() });
        await ida.Button("Train").ClickAsync();
        await Expect(ida.Page.Locator("#f-file-error")).ToContainTextAsync("Line 2 has 1 values");
        await ida.Labelled("Examples").SetInputFilesAsync(new FilePayload { Name = "mails.csv", MimeType = "text/csv", Buffer = System.Text.Encoding.UTF8.GetBytes(many) });
        await ida.Button("Train").ClickAsync();
        await Expect(ida.Heading("Support mail")).ToBeVisibleAsync();
        await ida.Page.EvaluateAsync("() => { window.thisVeryDocument = true; }");

        // Without a reload.
        await Expect(ida.Page.Locator("table.confusion")).ToBeVisibleAsync(new() { Timeout = 60_000 });
        Assert.True(await ida.Page.EvaluateAsync<bool>("() => window.thisVeryDocument === true"));
        await ida.Button("Deploy").ClickAsync();
        await ida.Labelled("A text").FillAsync("I am angry, the lamp arrived broken");
        await ida.Button("Ask").ClickAsync();
        await Expect(ida.Page.Locator("#custom-answer h3")).ToHaveTextAsync("complaint");
        await Expect(ida.Page.Locator("header [data-balance]")).ToHaveTextAsync("99");

        await ida.Goto("/custom-models");
        await Expect(ida.Page.Locator("article[data-status=ready]")).ToContainTextAsync("Deployed");
        await ida.Link("Support mail").ClickAsync();
        await ida.Page.GetByText("Delete this model").ClickAsync();
        await ida.Button("Delete model").ClickAsync();
        await Expect(ida.Heading("No models yet")).ToBeVisibleAsync();
    }
}
