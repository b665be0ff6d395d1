using Rpd.Bench;
using Rpd.Bench.Chat;

// Each program prints its figures with their ratio to a peer of the same run. They drive the published server over HTTP, on an empty folder of their own.
Dictionary<string, Func<Task>> programs = new()
{
    ["accept"] = Accept.Run,
    ["read"] = Read.Run,
    ["start"] = StartLatency.Run,
    ["sketch"] = SketchTime.Run,
    ["explore"] = ExploreRenders.Run,
    ["heap"] = GalleryHeap.Run,
    ["weight"] = Weight.Run,
    ["lighthouse"] = Lighthouse.Run,
    ["webhooks"] = WebhookDeliveries.Run,
    ["seed"] = Seed.Run,
    ["lists"] = Lists.Run,
    ["likes"] = Likes.Run,
    ["connections"] = Connections.Run,
    ["screen"] = Screen.Run,
    ["adapters"] = AdapterOverhead.Run,
    ["slow"] = SlowProvider.Run,
    ["admin"] = AdminPages.Run,
    ["faces"] = FaceDetection.Run,
    ["analysis"] = AnalysisCalls.Run,
    ["chat"] = ChatProxy.Run,
};
// What stands beside the server in some of them is this program, too.
if (Beside(args) is { } beside)
{
    await beside;
    return 0;
}
foreach (var name in args.Length > 0 ? args : [.. programs.Keys])
{
    if (!programs.TryGetValue(name, out var run))
    {
        Console.Error.WriteLine($"There is no bench \"{name}\". There are: {string.Join(", ", programs.Keys)}.");
        return 2;
    }
    Console.WriteLine($"== {name}");
    await run();
}
return 0;

static Task? Beside(string[] args) => args switch
{
    ["bare"] => AnalysisCalls.Bare(),
    ["chat-upstream"] => Upstream.Run(),
    ["chat-bare", var upstream] => Peers.Bare(upstream),
    _ => null,
};
