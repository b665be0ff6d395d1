using System.Diagnostics;
using System.Globalization;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rpd.Bench;

/// <summary>
/// What a browser holds after 20 and after 200 times "load more" in a gallery of ten thousand works, after a collection of garbage, and how much the page
/// has moved by itself meanwhile. The peer of the 200th load is the 20th. Chromium is spoken to directly: a test driver has it record every request of the
/// page, which is kept in the very heap that is measured.
/// </summary>
internal static class GalleryHeap
{
    private const int Early = 20, Late = 200;

    // As a person does it: scrolling, and a click when no more comes by itself. What moves because somebody clicked is no surprise to them.
    private const string LoadMore = """
        (async () => {
          const more = [...document.querySelectorAll('.more a')].at(-1), address = more.getAttribute('href');
          const waits = () => [...document.querySelectorAll('.more a')].some(one => one.getAttribute('href') === address);
          scrollTo(0, scrollY + more.getBoundingClientRect().top - innerHeight - 300);
          for (let i = 0; waits(); i++) {
            if (i === 1200) throw new Error('no more came');
            if (i === 60) [...document.querySelectorAll('.more a')].at(-1).click();
            await new Promise(next => setTimeout(next, 25));
          }
        })()
        """;

    public static async Task Run()
    {
        await Seed.Fill(Seed.Few);
        await using var server = await Installation.StartIn(Seed.Folder(Seed.Few), ("Jobs__SlowWorkers", "0"), ("Pages__PerMinute", "10000000"));
        await using var page = await Tab.Open();
        await page.Send("Page.enable");
        await page.Send("Page.addScriptToEvaluateOnNewDocument", new()
        {
            ["source"] = """
                window.moved = 0;
                new PerformanceObserver(list => { for (const shift of list.getEntries()) if (!shift.hadRecentInput) window.moved += shift.value; }).observe({ type: "layout-shift", buffered: true });
                """,
        });
        // The works of the seed have no files.
        await page.Send("Fetch.enable", new() { ["patterns"] = new JsonArray(new JsonObject { ["urlPattern"] = "*/media/*" }) });
        await page.Send("Page.navigate", new() { ["url"] = server.Address + "/explore" });
        await Wait.Until(async () => (await page.Evaluate("document.readyState === 'complete' && !!document.querySelector('.works .block')")).GetValue<bool>(), TimeSpan.FromMilliseconds(50), "the gallery");
        Held early = new(0, 0);
        for (var load = 1; load <= Late; load++)
        {
            await page.Evaluate(LoadMore);
            if (load == Early) early = await Heap(page, load);
        }
        var late = await Heap(page, Late);
        var moved = (await page.Evaluate("window.moved")).GetValue<double>();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"heap after {Late} loads to that after {Early}: script {late.Script / early.Script:F3}, with the document {(late.Script + late.Document) / (early.Script + early.Document):F3}; layout shift {moved:F4}"));
    }

    /// <param name="Script">JavaScript's heap, in megabytes.</param>
    /// <param name="Document">What the browser holds for the document: nodes, layout, and pictures in its cache.</param>
    private sealed record Held(double Script, double Document);

    private static async Task<Held> Heap(Tab page, int load)
    {
        // Chromium keeps pictures that left the document for minutes; under pressure it lets go of what the page does not hold.
        await page.Send("Memory.simulatePressureNotification", new() { ["level"] = "critical" });
        // It does so in tasks of its own, whose end nobody tells; they take milliseconds.
        await Task.Delay(1_000);
        for (var i = 0; i < 3; i++) await page.Send("HeapProfiler.collectGarbage");
        var usage = await page.Send("Runtime.getHeapUsage");
        var (script, document) = (usage["usedSize"]!.GetValue<double>() / 1e6, usage["embedderHeapUsedSize"]!.GetValue<double>() / 1e6);
        var (tiles, blocks) = (await page.Evaluate("document.querySelectorAll('.tile').length"), await page.Evaluate("document.querySelectorAll('.works > .block').length"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"after {load} loads: script {script:F2} MB, document {document:F2} MB; {tiles} tiles in {blocks} blocks"));
        return new(script, document);
    }

    /// <summary>One page of a Chromium of its own, spoken to by its DevTools protocol.</summary>
    private sealed class Tab(Process chromium, ClientWebSocket socket, string folder) : IAsyncDisposable
    {
        private const string Pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==";

        private int count;

        public static async Task<Tab> Open()
        {
            var folder = Directory.CreateTempSubdirectory("heap").FullName;
            var chromium = Process.Start(new ProcessStartInfo("/usr/bin/chromium",
            [
                "--headless=new", "--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
                "--remote-debugging-port=0", "--user-data-dir=" + folder, "--window-size=1280,900", "about:blank",
            ])
            { RedirectStandardError = true, RedirectStandardOutput = true })!;
            var port = Path.Combine(folder, "DevToolsActivePort");
            await Wait.Until(async () => File.Exists(port) && (await File.ReadAllLinesAsync(port)).Length >= 2, TimeSpan.FromMilliseconds(100), "Chromium's port");
            using var http = new HttpClient();
            var targets = JsonNode.Parse(await http.GetStringAsync(new Uri($"http://127.0.0.1:{(await File.ReadAllLinesAsync(port))[0]}/json")))!.AsArray();
            var socket = new ClientWebSocket();
            await socket.ConnectAsync(new Uri(targets.First(target => target!["type"]!.GetValue<string>() == "page")!["webSocketDebuggerUrl"]!.GetValue<string>()), CancellationToken.None);
            return new(chromium, socket, folder);
        }

        public async Task<JsonNode> Evaluate(string script)
        {
            var answer = await Send("Runtime.evaluate", new() { ["expression"] = script, ["awaitPromise"] = true, ["returnByValue"] = true });
            return answer["exceptionDetails"] is { } fault ? throw new InvalidOperationException(fault.ToJsonString()) : answer["result"]!["value"] ?? JsonValue.Create(0);
        }

        /// <summary>The answer's <c>result</c>. Pictures that are asked for meanwhile are given.</summary>
        public async Task<JsonNode> Send(string method, JsonObject? parameters = null)
        {
            var id = await Post(method, parameters);
            while (true)
            {
                var message = await Receive();
                if (message["method"]?.GetValue<string>() == "Fetch.requestPaused")
                {
                    await Post("Fetch.fulfillRequest", new()
                    {
                        ["requestId"] = message["params"]!["requestId"]!.GetValue<string>(),
                        ["responseCode"] = 200,
                        ["responseHeaders"] = new JsonArray(new JsonObject { ["name"] = "Content-Type", ["value"] = "image/png" }),
                        ["body"] = Pixel,
                    });
                }
                else if (message["id"]?.GetValue<int>() == id)
                {
                    return message["result"] ?? throw new InvalidOperationException($"{method}: {message["error"]}");
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            socket.Dispose();
            chromium.Kill(entireProcessTree: true);
            await chromium.WaitForExitAsync();
            chromium.Dispose();
            Directory.Delete(folder, recursive: true);
        }

        private async Task<int> Post(string method, JsonObject? parameters)
        {
            var id = ++count;
            await socket.SendAsync(JsonSerializer.SerializeToUtf8Bytes(new JsonObject { ["id"] = id, ["method"] = method, ["params"] = parameters ?? [] }), WebSocketMessageType.Text, true, CancellationToken.None);
            return id;
        }

        private async Task<JsonNode> Receive()
        {
            using var whole = new MemoryStream();
            var buffer = new byte[64 * 1024];
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, CancellationToken.None);
                whole.Write(buffer, 0, part.Count);
            }
            while (!part.EndOfMessage);
            return JsonNode.Parse(whole.ToArray())!;
        }
    }
}
