using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Playwright;

namespace Rpd.Bench;

/// <summary>
/// From the end of a run, as its row says (written by the statement that is then committed), to its picture's card on an open page in Chromium: commit,
/// nudge, the frame's own request, drawing. Both clocks are this machine's. The limit is the project's: 300 ms.
/// </summary>
internal static class Screen
{
    private const int Runs = 40;

    public static async Task Run()
    {
        await using var server = await Installation.Start(("Plans__free__GenerationsPerMinute", "100000"), ("Plans__free__GeneralPerMinute", "100000"));
        var added = JsonDocument.Parse(await server.Command("user", "add", "screen@example.org", "--password", "a few plain words", "--credits", "1000", "--with-key")).RootElement;
        using var api = new HttpClient { BaseAddress = new Uri(server.Address) };
        api.DefaultRequestHeaders.Add("X-API-KEY", added.GetProperty("apiKey").GetString());
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var page = await chromium.NewPageAsync(new() { BaseURL = server.Address });
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("Email", new() { Exact = true }).FillAsync("screen@example.org");
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("a few plain words");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in", Exact = true }).ClickAsync();
        await page.WaitForURLAsync("**/playground*");
        await page.EvaluateAsync("""
            () => {
              window.seen = {};
              const look = () => document.querySelectorAll("[data-live-id][data-status=completed]").forEach(card => (window.seen[card.dataset.liveId] ??= performance.timeOrigin + performance.now()));
              new MutationObserver(look).observe(document.documentElement, { subtree: true, childList: true, attributes: true, attributeFilter: ["data-status"] });
            }
            """);
        await using var database = server.Database();
        var times = new List<double>();
        for (var run = 0; run < Runs + 3; run++)
        {
            using var answer = await api.PostAsJsonAsync(new Uri("/v1/generations", UriKind.Relative), new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = $"A hill, number {run}", @params = new { width = 256, height = 256 } });
            answer.EnsureSuccessStatusCode();
            var id = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("data").GetProperty("id").GetGuid();
            await page.WaitForFunctionAsync("id => window.seen[id]", id.ToString(), new() { Timeout = 60_000 });
            var shown = await page.EvaluateAsync<double>("id => window.seen[id]", id.ToString());
            await using var command = database.CreateCommand("select extract(epoch from completed_at)::double precision * 1000 from generations where id = $1");
            command.Parameters.AddWithValue(id);
            // The first ones warm the server and the browser.
            if (run >= 3) times.Add(shown - (double)(await command.ExecuteScalarAsync())!);
        }
        var sorted = times.Order().ToArray();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{Runs} runs: end of the run → on the screen p50 {StartLatency.At(sorted, .5):F0} ms, p95 {StartLatency.At(sorted, .95):F0} ms, max {sorted[^1]:F0} ms (budget 300, {StartLatency.At(sorted, .95) / 300:P0})"));
    }
}
