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
        // The works of the seed have no files. Not as SVG: each of those is a document of its own.
        var pixel = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==");
        await page.RouteAsync("**/media/**", route => route.FulfillAsync(new() { ContentType = "image/png", BodyBytes = pixel }));
        await page.GotoAsync(server.Address + "/explore");
        Held early = new(0, 0);
        for (var load = 1; load <= Late; load++)
        {
            await Next(page);
            if (load == Early) early = await Heap(tools, page, load);
        }
        var late = await Heap(tools, page, Late);
        var moved = await page.EvaluateAsync<double>("window.moved");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"heap after {Late} loads to that after {Early}: script {late.Script / early.Script:F3}, with the document {(late.Script + late.Document) / (early.Script + early.Document):F3}; layout shift {moved:F4}"));
    }

    /// <param name="Script">JavaScript's heap, in megabytes.</param>
    /// <param name="Document">What the browser holds for the document: nodes, layout, and pictures in its cache.</param>
    private sealed record Held(double Script, double Document);

    private static async Task Next(IPage page)
    {
        var more = page.Locator(".more a").Last;
        var address = await more.GetAttributeAsync("href");
        const string arrived = "address => [...document.querySelectorAll('.more a')].every(more => more.getAttribute('href') !== address)";
        // As a person does it: scrolling, and a click when no more comes by itself. What moves because somebody clicked is no surprise to them.
        await page.Mouse.WheelAsync(0, await more.EvaluateAsync<float>("more => more.getBoundingClientRect().top - innerHeight - 300"));
        try
        {
            await page.WaitForFunctionAsync(arrived, address, new() { Timeout = 1_500 });
        }
        catch (TimeoutException)
        {
            await more.ClickAsync();
            await page.WaitForFunctionAsync(arrived, address);
        }
    }

    private static async Task<Held> Heap(ICDPSession tools, IPage page, int load)
    {
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        // Chromium keeps pictures that left the document for minutes; under pressure it lets go of what the page does not hold.
        await tools.SendAsync("Memory.simulatePressureNotification", new() { ["level"] = "critical" });
        await page.WaitForTimeoutAsync(1_000);
        for (var i = 0; i < 3; i++) await tools.SendAsync("HeapProfiler.collectGarbage");
        var usage = (await tools.SendAsync("Runtime.getHeapUsage"))!.Value;
        var (used, embedder) = (usage.GetProperty("usedSize").GetDouble(), usage.TryGetProperty("embedderHeapUsedSize", out var more) ? more.GetDouble() : 0);
        var nodes = await page.EvaluateAsync<JsonElement>("[document.querySelectorAll('.tile').length, document.querySelectorAll('.works > .block').length]");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"after {load} loads: script {used / 1e6:F2} MB, document {embedder / 1e6:F2} MB; {nodes[0]} tiles in {nodes[1]} blocks"));
        return new(used / 1e6, embedder / 1e6);
    }
}
