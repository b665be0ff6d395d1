using System.Globalization;
using System.Text.Json;

namespace Rpd.Bench;

/// <summary>
/// Every list at 200 requests a second, begun on the clock whether or not the ones before have been answered, and timed from when they should have
/// begun: over a million works, beside the same over ten thousand. Pages further down take turns with the first. Each list is driven three times and has the
/// middle one of its three figures, so that one pause of a machine that others share does not stand for a list; what the machine does by itself shows at /health.
/// </summary>
internal static class Lists
{
    private const int PerSecond = 200, Rounds = 3, Seconds = 2, WarmSeconds = 1, StartSeconds = 10, Pages = 6;

    /// <param name="Goal">Milliseconds that the slowest of a hundred may take.</param>
    /// <param name="Quiet">Asked by the one who follows people that publish little.</param>
    private sealed record ListToMeasure(string Name, string Path, double Goal = 25, bool Quiet = false);

    private static IEnumerable<ListToMeasure> All()
    {
        yield return new("/health before", "/health?");
        foreach (var filter in new[] { "", "status=failed", "status=completed", "type=audio", "type=text2image", "provider=studio", "model=model-3", "model=model-55", "visibility=public", "visibility=private", "q=light", "q=kabataing", "q=zzzz" })
            yield return new("own generations " + filter, "/v1/generations?" + filter);
        foreach (var sort in new[] { "newest", "trending", "top" })
        {
            foreach (var period in new[] { "all", "day", "week", "month" })
                foreach (var filter in new[] { "", "&type=audio", "&type=text2image", "&model=model-1", "&model=model-55" })
                    yield return new($"explore {sort} {period}{filter}", $"/v1/explore?sort={sort}&period={period}{filter}");
            yield return new($"explore {sort} tag", $"/v1/explore?sort={sort}&tag=forest");
            foreach (var (kind, words) in new[] { ("common", Seed.Words[0]), ("common pair", $"{Seed.Words[0]} {Seed.Words[5]}"), ("middling", Seed.Words[^1]), ("rare", "kabataing"), ("rare pair", $"kabataing {Seed.Words[0]}"), ("prefix", "ka"), ("none", "zzzz"), ("common that month", Seed.Words[1] + "&period=month") })
                yield return new($"search {sort} {kind}", $"/v1/explore?sort={sort}&q={words}", 100);
        }
        yield return new("credits history", "/v1/credits/history?");
        yield return new("profile", $"/v1/social/profile/{Seed.Star[..^1]}3");
        yield return new("profile works", $"/v1/social/profile/{Seed.Star[..^1]}3/works?");
        yield return new("followers of 50,000", $"/v1/social/profile/{Seed.Star}/followers?");
        yield return new("following 1,000", $"/v1/social/profile/{Seed.Reader}/following?");
        yield return new("feed of 1,000", "/v1/social/feed?", 20);
        yield return new("feed of 1,000 quiet ones", "/v1/social/feed?", 20, Quiet: true);
        yield return new("collections", "/v1/collections?");
        yield return new("collection", "/v1/collections/01900000-0000-7000-8000-0000000000c8");
        yield return new("collection items", "/v1/collections/01900000-0000-7000-8000-0000000000c8/items?");
        yield return new("templates", "/v1/templates?");
        yield return new("keys", "/v1/keys?");
        yield return new("files", "/v1/files?");
        yield return new("notifications", "/v1/notifications?");
        yield return new("events", "/v1/events?");
        yield return new("webhooks", "/v1/webhooks?");
        yield return new("webhook deliveries", "/v1/webhooks/01900000-0000-7000-8000-000000000001/deliveries?");
        yield return new("/health after", "/health?");
    }

    public static async Task Run()
    {
        // LISTS=search,feed narrows it to the lists whose names hold one of the words.
        var names = (Environment.GetEnvironmentVariable("LISTS") ?? "").Split(',');
        var wanted = All().Where(list => names.Any(name => list.Name.Contains(name, StringComparison.Ordinal))).ToArray();
        var few = await Measure(Seed.Few, wanted);
        var many = await Measure(Seed.Many, wanted);
        Console.WriteLine($"{"list, ms",-44}{"p50 few",9}{"p99 few",9}{"p50 many",10}{"p99 many",10}{"ratio p50",11}{"ratio p99",11}  goal");
        foreach (var (list, small, large) in wanted.Zip(few, many).Select(row => (row.First, row.Second, row.Third)))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{list.Name,-44}{small.P50,9:F1}{small.P99,9:F1}{large.P50,10:F1}{large.P99,10:F1}{large.P50 / small.P50,11:F2}{large.P99 / small.P99,11:F2}  {list.Goal:F0} {(large.P99 <= list.Goal ? "met" : "MISSED")}"));
    }

    private static async Task<List<(double P50, double P99)>> Measure(int works, ListToMeasure[] lists)
    {
        var keys = await Seed.Fill(works);
        await using var server = await Installation.StartIn(Seed.Folder(works), ("Jobs__SlowWorkers", "0"), ("Plans__business__GeneralPerMinute", "100000000"));
        using var reader = Client(keys.Reader);
        using var quiet = Client(keys.QuietReader);
        // A server that has just started still compiles what all lists share.
        await Drive(reader, ["/v1/generations", "/v1/explore"], StartSeconds);
        var found = new List<(double, double)>();
        foreach (var list in lists)
        {
            var http = list.Quiet ? quiet : reader;
            var pages = await FirstPages(http, list.Path);
            await Drive(http, pages, WarmSeconds);
            List<(double P50, double P99)> rounds = [];
            for (var round = 0; round < Rounds; round++)
            {
                var times = await Drive(http, pages, Seconds);
                rounds.Add((times[times.Length / 2], times[times.Length * 99 / 100]));
            }
            found.Add((Middle(rounds.Select(one => one.P50)), Middle(rounds.Select(one => one.P99))));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{works,8} {list.Name,-44} p50 {found[^1].Item1:F1} p99 {found[^1].Item2:F1} pages {pages.Count}"));
        }
        return found;

        HttpClient Client(string key) => new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new(server.Address), DefaultRequestHeaders = { { "X-API-KEY", key } } };
    }

    private static double Middle(IEnumerable<double> figures) => figures.Order().ElementAt(Rounds / 2);

    private static async Task<List<string>> FirstPages(HttpClient http, string path)
    {
        var pages = new List<string> { path };
        while (pages.Count < Pages)
        {
            using var answer = await http.GetAsync(pages[^1]);
            var text = await answer.Content.ReadAsStringAsync();
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{pages[^1]}: {text}");
            using var body = JsonDocument.Parse(text);
            if (!body.RootElement.TryGetProperty("pagination", out var pagination) || pagination.GetProperty("nextCursor").GetString() is not { } cursor) break;
            pages.Add($"{path}&cursor={cursor}");
        }
        return pages;
    }

    /// <returns>Milliseconds from when each request should have begun to its last byte, sorted.</returns>
    private static async Task<double[]> Drive(HttpClient http, List<string> pages, int seconds)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var requests = new Task<double>[PerSecond * seconds];
        for (var i = 0; i < requests.Length; i++)
        {
            var due = TimeSpan.FromSeconds(i / (double)PerSecond);
            while (time.GetElapsedTime(start) < due) await Task.Delay(1);
            requests[i] = One(pages[i % pages.Count], due);
        }
        var times = await Task.WhenAll(requests);
        Array.Sort(times);
        return times;

        async Task<double> One(string page, TimeSpan due)
        {
            using var answer = await http.GetAsync(page);
            await answer.Content.ReadAsByteArrayAsync();
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{page}: {answer.StatusCode}");
            return (time.GetElapsedTime(start) - due).TotalMilliseconds;
        }
    }
}
