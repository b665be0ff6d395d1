using Rpd.E2E.Support;
using static Microsoft.Playwright.Assertions;

namespace Rpd.E2E;

public sealed class Developers(Site site, Browser browser)
{
    private const string Sketch = """{"type":"text2image","provider":"studio","model":"studio-sketch","prompt":"A sailing boat at sunset"}""";

    [Fact]
    public async Task A_key_is_made_used_rotated_and_revoked()
    {
        await using var iris = await browser.Visitor(site);
        await iris.SignUp("iris@example.org", "plain words for keys");
        await iris.Goto("/keys");
        await iris.Labelled("Name").FillAsync("laptop");
        await iris.Button("Create key").ClickAsync();
        var first = await iris.Labelled("Secret").InputValueAsync();
        Assert.Equal("200", await Status("/v1/credits/balance", $"X-API-KEY: {first}"));

        await iris.Saved();
        await Expect(iris.Page.Locator("#quick-start-code-curl")).ToContainTextAsync("rpd_sk_secret_of_laptop");
        await iris.Page.GetByText("Python", new() { Exact = true }).First.ClickAsync();
        await Expect(iris.Page.Locator("#quick-start-code-python")).ToBeVisibleAsync();
        await iris.Page.GetByText("Rotate or revoke", new() { Exact = true }).ClickAsync();
        await iris.Labelled("Keep the old secret working for").SelectOptionAsync("0");
        await iris.Button("Rotate").ClickAsync();
        await Expect(iris.Labelled("Secret")).Not.ToHaveValueAsync(first);
        var second = await iris.Labelled("Secret").InputValueAsync();
        Assert.Equal(("401", "200"), (await Status("/v1/credits/balance", $"X-API-KEY: {first}"), await Status("/v1/credits/balance", $"X-API-KEY: {second}")));

        await iris.Saved();
        await iris.Page.GetByText("Rotate or revoke", new() { Exact = true }).ClickAsync();
        await iris.Labelled("Type “laptop” to revoke it for good").FillAsync("laptop");
        await iris.Button("Revoke").ClickAsync();
        await Expect(iris.Page.GetByText("Revoked", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal("401", await Status("/v1/credits/balance", $"X-API-KEY: {second}"));
    }

    [Fact]
    public async Task A_token_works_for_its_account_until_it_is_revoked()
    {
        await using var noor = await browser.Visitor(site);
        await noor.SignUp("noor@example.org", "plain words for tokens");
        await noor.Goto("/tokens");
        await noor.Labelled("Name").FillAsync("notebook");
        await noor.Button("Create token").ClickAsync();
        var token = await noor.Labelled("Token").InputValueAsync();
        var account = await noor.Page.Locator("#account-id").InnerTextAsync();
        var bearer = $"Authorization: Bearer {token}";
        Assert.Equal("200", await Status("/v1/credits/balance", bearer, $"ACCOUNT-ID: {account}"));
        Assert.Equal("401", await Status("/v1/credits/balance", bearer, $"ACCOUNT-ID: {Guid.NewGuid()}"));
        Assert.Equal("403", await Status("/v1/keys", bearer));
        var made = await Curl.Json("-X", "POST", $"{site.Address}/v1/generations", "-H", bearer, "-H", "Content-Type: application/json", "-d", Sketch);
        Assert.Equal("queued", made.GetProperty("data").GetProperty("status").GetString());
        await site.MailedLink("noor@example.org", "/tokens");

        await noor.Saved();
        await Expect(noor.Labelled("Token")).ToHaveCountAsync(0);
        await Expect(noor.Page.GetByText("min left")).ToBeVisibleAsync();
        await noor.Button("Revoke notebook").ClickAsync();
        await Expect(noor.Page.GetByText("Revoked", new() { Exact = true })).ToBeVisibleAsync();
        Assert.Equal("401", await Status("/v1/credits/balance", bearer));
    }

    [Fact]
    public async Task A_webhook_lives_from_its_first_test_to_its_end()
    {
        await using var receiver = new HookReceiver();
        await using var olga = await browser.Visitor(site);
        await olga.SignUp("olga@example.org", "plain words for webhooks");
        await olga.Goto("/webhooks");
        await olga.Labelled("Address").FillAsync("http://10.1.2.3/hook");
        await olga.Button("Create webhook").ClickAsync();
        await Expect(olga.Labelled("Address")).ToHaveAttributeAsync("aria-invalid", "true");
        await olga.Labelled("Address").FillAsync(receiver.Url);
        await olga.Labelled("Description").FillAsync("The shop");
        await olga.Button("Create webhook").ClickAsync();
        await Expect(olga.Heading(receiver.Url)).ToBeVisibleAsync();
        var secret = await olga.Labelled("Secret").InputValueAsync();

        await olga.Button("Send test event").ClickAsync();
        // The page looks again by itself until the receiver has answered.
        await Expect(olga.Page.GetByText("Delivered", new() { Exact = true })).ToBeVisibleAsync();
        var message = await receiver.Next();
        Assert.Equal(HookReceiver.Signature(secret, message.Body), message.Signature);
        await olga.Link("This webhook").ClickAsync();
        await Expect(olga.Heading(receiver.Url)).ToBeVisibleAsync();
        await Expect(olga.Labelled("Secret")).ToHaveCountAsync(0);
        await Expect(olga.Page.GetByText("webhook.test", new() { Exact = true }).First).ToBeVisibleAsync();

        receiver.Status = 500;
        await olga.Button("Send test event").ClickAsync();
        await Expect(olga.Page.GetByText("Failed", new() { Exact = true })).ToBeVisibleAsync();
        await Expect(olga.Page.GetByText("answer 500")).ToBeVisibleAsync();
        await receiver.Next();
        receiver.Status = 200;
        await olga.Button("Redeliver").ClickAsync();
        await Expect(olga.Page.GetByText("Delivered", new() { Exact = true })).ToBeVisibleAsync();
        await receiver.Next();

        await olga.Link("This webhook").ClickAsync();
        await olga.Page.GetByText("Rotate the secret", new() { Exact = true }).ClickAsync();
        await olga.Labelled("Sign with the old secret too for").SelectOptionAsync("0");
        await olga.Button("Rotate").ClickAsync();
        var newer = await olga.Labelled("Secret").InputValueAsync();
        Assert.NotEqual(secret, newer);
        await olga.Button("Send test event").ClickAsync();
        message = await receiver.Next();
        Assert.Equal(HookReceiver.Signature(newer, message.Body), message.Signature);

        await olga.Link("This webhook").ClickAsync();
        await olga.Button("Switch off").ClickAsync();
        await Expect(olga.Page.GetByText("You have switched it off.")).ToBeVisibleAsync();
        await olga.Page.GetByText("Delete", new() { Exact = true }).ClickAsync();
        await olga.Button("Delete for good").ClickAsync();
        await Expect(olga.Page.GetByText("No webhooks yet.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_run_is_in_the_events_and_in_the_usage_whose_table_chart_and_csv_agree()
    {
        await using var yuki = await browser.Visitor(site);
        await yuki.SignUp("yuki@example.org", "plain words for usage");
        await yuki.Goto("/usage");
        await Expect(yuki.Heading("Nothing used yet")).ToBeVisibleAsync();
        await yuki.Goto("/playground");
        await yuki.Labelled("Prompt").FillAsync("A fox under the moon");
        await yuki.Button("Generate").ClickAsync();
        await Expect(yuki.Page.Locator("#recent article").First).ToHaveAttributeAsync("data-status", "completed", new() { Timeout = 30_000 });

        await yuki.Goto("/usage?period=today&group=model");
        var row = yuki.Page.GetByRole(Microsoft.Playwright.AriaRole.Row).Filter(new() { HasText = "studio-sketch" });
        await Expect(row).ToBeVisibleAsync();
        await Expect(yuki.Page.Locator("canvas")).ToBeVisibleAsync();
        var cells = await row.GetByRole(Microsoft.Playwright.AriaRole.Cell).AllInnerTextsAsync();
        var file = await yuki.Page.RunAndWaitForDownloadAsync(() => yuki.Link("CSV").ClickAsync());
        var csv = (await File.ReadAllTextAsync(await file.PathAsync())).Split("\r\n");
        Assert.Equal("day,model,requests,failed,credits,inputTokens,outputTokens", csv[0]);
        Assert.Equal(string.Join(',', [DateTime.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), "studio-sketch", .. cells, "0", "0"]), csv[1]);
        Assert.Equal("1", cells[0]);

        await yuki.Goto("/events");
        await Expect(yuki.Page.GetByText("generation.completed").First).ToBeVisibleAsync();
        await yuki.Link("The generation").ClickAsync();
        await Expect(yuki.Page.GetByText("A fox under the moon").First).ToBeVisibleAsync();
    }

    private async Task<string> Status(string path, params string[] headers) =>
        await Curl.Run([site.Address + path, "-o", "/dev/null", "-w", "%{http_code}", .. headers.SelectMany(header => new[] { "-H", header })]);
}
