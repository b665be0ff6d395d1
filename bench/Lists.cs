using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Rpd.Bench;

/// <summary>
/// Every list at 200 requests a second, begun on the clock whether or not the ones before have been answered, and timed from when they should have
/// begun: over a million works, beside the same over ten thousand. Pages further down take turns with the first. Beside the figure of all requests stands that of those
/// which fell into no moment in which the machine itself was slow (<see cref="MachineSpeed"/>).
/// </summary>
internal static class Lists
{
    private const int PerSecond = 200, Seconds = 3, WarmSeconds = 1, StartSeconds = 10, Pages = 6;

    /// <param name="Goal">Milliseconds that the slowest of a hundred may take.</param>
    /// <param name="Quiet">Asked by the one who follows people that publish little.</param>
    private sealed record ListToMeasure(string Name, string Path, double Goal = 25, bool Quiet = false);

    private static IEnumerable<ListToMeasure> All()
    {
        yield return new("/health", "/health?");
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
    }

    public static async Task Run()
    {
        // LISTS=search,feed narrows it to the lists whose names hold one of the words.
        var names = (Environment.GetEnvironmentVariable("LISTS") ?? "").Split(',');
        var wanted = All().Where(list => names.Any(name => list.Name.Contains(name, StringComparison.Ordinal))).ToArray();
        var few = await Measure(Seed.Few, wanted);
        var many = await Measure(Seed.Many, wanted);
        Console.WriteLine($"{"list, ms",-44}{"p50 few",9}{"p99 few",9}{"p50 many",10}{"p99 many",10}{"p99 all",10}{"ratio p50",11}{"ratio p99",11}  goal");
        foreach (var (list, small, large) in wanted.Zip(few, many).Select(row => (row.First, row.Second, row.Third)))
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{list.Name,-44}{small.P50,9:F1}{small.P99,9:F1}{large.P50,10:F1}{large.P99,10:F1}{large.P99OfAll,10:F1}{large.P50 / small.P50,11:F2}{large.P99 / small.P99,11:F2}  {list.Goal:F0} {(large.P99 <= list.Goal ? "met" : "MISSED")}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"the machine was slow for {few.Concat(many).Average(one => one.SlowShare):P0} of the requests"));
    }

    /// <param name="P99">Of the requests that fell into no slow moment of the machine; so is the median.</param>
    /// <param name="SlowShare">Of the requests that did.</param>
    private sealed record Figures(double P50, double P99, double P99OfAll, double SlowShare);

    private static async Task<List<Figures>> Measure(int works, ListToMeasure[] lists)
    {
        var keys = await Seed.Fill(works);
        await using var server = await Installation.StartIn(Seed.Folder(works), ("Jobs__SlowWorkers", "0"), ("Plans__business__GeneralPerMinute", "100000000"));
        using var reader = Client(keys.Reader);
        using var quiet = Client(keys.QuietReader);
        // A server that has just started still compiles what all lists share, and is not asked for more than it can answer meanwhile.
        await Warm(reader);
        var found = new List<Figures>();
        foreach (var list in lists)
        {
            var http = list.Quiet ? quiet : reader;
            var pages = await FirstPages(http, list.Path);
            await Drive(http, pages, WarmSeconds);
            found.Add(await Measure(http, pages));
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{works,8} {list.Name,-44} p50 {found[^1].P50:F1} p99 {found[^1].P99:F1} of all {found[^1].P99OfAll:F1} pages {pages.Count}"));
        }
        return found;

        HttpClient Client(string key) => new(new SocketsHttpHandler { MaxConnectionsPerServer = 256 }) { BaseAddress = new(server.Address), DefaultRequestHeaders = { { "X-API-KEY", key } } };
    }

    private static Task Warm(HttpClient http)
    {
        var until = Stopwatch.GetTimestamp() + (StartSeconds * Stopwatch.Frequency);
        return Task.WhenAll(Enumerable.Range(0, 4).Select(async caller =>
        {
            while (Stopwatch.GetTimestamp() < until) await http.GetByteArrayAsync(new Uri(caller % 2 == 0 ? "/v1/generations" : "/v1/explore", UriKind.Relative));
        }));
    }

    private static async Task<Figures> Measure(HttpClient http, List<string> pages)
    {
        using var machine = new MachineSpeed();
        var requests = await Drive(http, pages, Seconds);
        var slow = machine.Slow();
        double[] all = [.. requests.Select(one => one.Milliseconds).Order()];
        double[] clear = [.. requests.Where(one => !slow.Any(moment => one.Due < moment.To && one.End > moment.From)).Select(one => one.Milliseconds).Order()];
        return new(At(clear, .5), At(clear, .99), At(all, .99), 1 - (clear.Length / (double)all.Length));
    }

    private static double At(double[] sorted, double share) => sorted[(int)(sorted.Length * share)];

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

    /// <returns>When each request should have begun, when its last byte was there (timestamps), and the milliseconds between.</returns>
    private static async Task<(long Due, long End, double Milliseconds)[]> Drive(HttpClient http, List<string> pages, int seconds)
    {
        var time = TimeProvider.System;
        var start = time.GetTimestamp();
        var requests = new Task<(long Due, long End, double Milliseconds)>[PerSecond * seconds];
        for (var i = 0; i < requests.Length; i++)
        {
            var due = TimeSpan.FromSeconds(i / (double)PerSecond);
            await Wait.UntilDue(start, due);
            requests[i] = One(pages[i % pages.Count], due);
        }
        return await Task.WhenAll(requests);

        async Task<(long Due, long End, double Milliseconds)> One(string page, TimeSpan due)
        {
            using var answer = await http.GetAsync(page);
            await answer.Content.ReadAsByteArrayAsync();
            if (!answer.IsSuccessStatusCode) throw new InvalidOperationException($"{page}: {answer.StatusCode}");
            var took = time.GetElapsedTime(start);
            return (start + (long)(due.TotalSeconds * time.TimestampFrequency), time.GetTimestamp(), (took - due).TotalMilliseconds);
        }
    }
}
