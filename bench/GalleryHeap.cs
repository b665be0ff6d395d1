using System.Globalization;
using System.Text.Json;
using Microsoft.Playwright;

namespace Rpd.Bench;

/// <summary>
/// What a browser holds after 20 and after 200 times "load more" in a gallery of ten thousand works, after a collection of garbage, and how much the page
/// has moved by itself meanwhile. The peer of the 200th load is the 20th.
/// </summary>
internal static class GalleryHeap
{
    private const int Early = 20, Late = 200;

    public static async Task Run()
    {
        await Seed.Fill(Seed.Few);
        await using var server = await Installation.StartIn(Seed.Folder(Seed.Few), ("Jobs__SlowWorkers", "0"), ("Pages__PerMinute", "10000000"));
        using var playwright = await Playwright.CreateAsync();
        await using var chromium = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        var context = await chromium.NewContextAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        var page = await context.NewPageAsync();
        await page.AddInitScriptAsync("""
            window.moved = 0;
            new PerformanceObserver(list => { for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.moved += shift.value; }).observe({ type: "layout-shift", buffered: true });
            """);
        var tools = await context.NewCDPSessionAsync(page);
        // The works of the seed have no files: that they are missing is no news.
        await page.RouteAsync("**/media/**", route => route.FulfillAsync(new() { ContentType = "image/svg+xml", Body = "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\"/>" }));
        await page.GotoAsync(server.Address + "/explore");
        double early = 0;
        for (var load = 1; load <= Late; load++)
        {
            await Next(page);
            if (load == Early) early = await Heap(tools, page, load);
        }
        var late = await Heap(tools, page, Late);
        var moved = await page.EvaluateAsync<double>("window.moved");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"heap after {Early} loads {early:F2} MB, after {Late} loads {late:F2} MB; ratio {late / early:F3}; layout shift {moved:F4}"));
    }

    private static async Task Next(IPage page)
    {
        var more = page.Locator(".more a").Last;
        var address = await more.GetAttributeAsync("href");
        await more.ScrollIntoViewIfNeededAsync();
        // It may have been followed by itself meanwhile.
        await page.EvaluateAsync("address => { const more = [...document.querySelectorAll('.more a')].at(-1); if (more?.getAttribute('href') === address) more.click(); }", address);
        await page.WaitForFunctionAsync("address => [...document.querySelectorAll('.more a')].every(more => more.getAttribute('href') !== address)", address);
    }

    /// <summary>JavaScript's heap and what of the document hangs on it.</summary>
    private static async Task<double> Heap(ICDPSession tools, IPage page, int load)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        for (var i = 0; i < 3; i++) await tools.SendAsync("HeapProfiler.collectGarbage");
        var usage = (await tools.SendAsync("Runtime.getHeapUsage"))!.Value;
        var (used, embedder) = (usage.GetProperty("usedSize").GetDouble(), usage.TryGetProperty("embedderHeapUsedSize", out var more) ? more.GetDouble() : 0);
        var nodes = await page.EvaluateAsync<JsonElement>("[document.querySelectorAll('.tile').length, document.querySelectorAll('.works > .block').length]");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"after {load} loads: script {used / 1e6:F2} MB, document {embedder / 1e6:F2} MB; {nodes[0]} tiles in {nodes[1]} blocks"));
        return (used + embedder) / 1e6;
    }
}
