using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rpd.Bench;

/// <summary>
/// Lighthouse (npm, its mobile preset) on pages of the published server with a gallery of real works: medians of several runs beside the project's goals. It measures and fails
/// nothing: on a busy machine the times say more about the machine. <c>LIGHTHOUSE_RUNS</c> says how many runs; 5 without it.
/// </summary>
internal static partial class Lighthouse
{
    private const int PerformanceGoal = 95, AccessibilityGoal = 100, PracticesGoal = 95, SeoGoal = 95;

    private static readonly string Folder = Path.Combine(Installation.Root, "bench");

    public static async Task Run()
    {
        var program = Path.Combine(Folder, "node_modules", ".bin", "lighthouse");
        if (!File.Exists(program)) await Installation.Run("npm", "ci", "--prefix", Folder, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error");
        var runs = int.TryParse(Environment.GetEnvironmentVariable("LIGHTHOUSE_RUNS"), CultureInfo.InvariantCulture, out var asked) ? asked : 5;
        await using var server = await Installation.Start(("Jobs__SlowWorkers", "2"), ("Pages__PerMinute", "100000"));
        await server.Command("demo");
        await using (var database = server.Database()) await ExploreRenders.Multiply(database);
        await server.Command("user", "add", "lighthouse@example.org", "--password", "a few plain words", "--credits", "100");
        var cookie = await SignIn(server.Address);
        Console.WriteLine($"medians of {runs}; goals: performance {PerformanceGoal}, accessibility {AccessibilityGoal}, best practices {PracticesGoal}, SEO {SeoGoal} (public pages), explore LCP 1.8 s, CLS 0.02");
        foreach (var (name, path, signedIn) in new[] { ("landing", "/", false), ("explore, 48 cards", "/explore", false), ("work", await AWork(server.Address), false), ("model", "/models/studio-sketch", false), ("playground", "/playground", true) })
        {
            var reports = new List<JsonElement>();
            for (var run = 0; run < runs; run++) reports.Add(await Report(program, server.Address + path, signedIn ? cookie : null));
            Console.WriteLine(Line(name, reports));
            foreach (var fault in reports.SelectMany(Faults).Distinct()) Console.WriteLine($"  {fault}");
        }
    }

    private static string Line(string name, IReadOnlyList<JsonElement> reports)
    {
        double Score(string category) => Median(reports, report => report.GetProperty("categories").GetProperty(category).GetProperty("score").GetDouble() * 100);
        double Number(string audit) => Median(reports, report => report.GetProperty("audits").GetProperty(audit).GetProperty("numericValue").GetDouble());
        double Bytes(string type) => Median(reports, report => report.GetProperty("audits").GetProperty("network-requests").GetProperty("details").GetProperty("items").EnumerateArray()
            .Where(item => item.TryGetProperty("resourceType", out var kind) && kind.GetString() == type).Sum(item => item.GetProperty("transferSize").GetDouble()));
        return string.Create(CultureInfo.InvariantCulture,
            $"{name}: performance {Score("performance"):F0}, accessibility {Score("accessibility"):F0}, best practices {Score("best-practices"):F0}, SEO {Score("seo"):F0}; LCP {Number("largest-contentful-paint") / 1000:F2} s, FCP {Number("first-contentful-paint") / 1000:F2} s, blocked {Number("total-blocking-time"):F0} ms, CLS {Number("cumulative-layout-shift"):F3}; JavaScript {Bytes("Script"):N0} B, CSS {Bytes("Stylesheet"):N0} B");
    }

    private static double Median(IReadOnlyList<JsonElement> reports, Func<JsonElement, double> read)
    {
        var sorted = reports.Select(read).Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>What costs points in the categories that do not depend on the machine.</summary>
    private static IEnumerable<string> Faults(JsonElement report) =>
        from category in new[] { "accessibility", "best-practices", "seo" }
        from reference in report.GetProperty("categories").GetProperty(category).GetProperty("auditRefs").EnumerateArray()
        where reference.GetProperty("weight").GetDouble() > 0
        let audit = report.GetProperty("audits").GetProperty(reference.GetProperty("id").GetString()!)
        where audit.GetProperty("score") is { ValueKind: JsonValueKind.Number } score && score.GetDouble() < 0.9
        select $"{category}: {audit.GetProperty("title").GetString()} ({reference.GetProperty("id").GetString()})";

    private static async Task<JsonElement> Report(string program, string address, string? cookie)
    {
        Environment.SetEnvironmentVariable("CHROME_PATH", "/usr/bin/chromium");
        List<string> args =
        [
            address, "--quiet", "--output=json", "--output-path=stdout", "--no-enable-error-reporting",
            "--chrome-flags=--headless=new --no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync",
        ];
        if (cookie is not null) args.Add($"--extra-headers={JsonSerializer.Serialize(new { Cookie = cookie })}");
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return JsonDocument.Parse(await Installation.Run(program, [.. args])).RootElement;
            }
            catch (InvalidOperationException fault) when (fault.Message.Contains("NO_NAVSTART", StringComparison.Ordinal) && attempt < 3)
            {
                // Chromium lost the beginning of its recording: nothing was measured, and the tool itself asks to be run again.
            }
        }
    }

    private static async Task<string> SignIn(string address)
    {
        using var handler = new HttpClientHandler { AllowAutoRedirect = false };
        using var http = new HttpClient(handler) { BaseAddress = new Uri(address) };
        var token = Token().Match(await http.GetStringAsync(new Uri("/sign-in", UriKind.Relative))).Groups[1].Value;
        using var answer = await http.PostAsync(new Uri("/sign-in", UriKind.Relative), new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["email"] = "lighthouse@example.org",
            ["password"] = "a few plain words",
            ["__RequestVerificationToken"] = token,
        }));
        return handler.CookieContainer.GetCookieHeader(new Uri(address)) is { Length: > 0 } cookies && (int)answer.StatusCode == 303 ? cookies : throw new InvalidOperationException("Nobody was signed in.");
    }

    private static async Task<string> AWork(string address)
    {
        using var http = new HttpClient { BaseAddress = new Uri(address) };
        using var works = JsonDocument.Parse(await http.GetStringAsync(new Uri("/v1/explore?type=text2image&limit=1", UriKind.Relative)));
        return $"/works/{works.RootElement.GetProperty("data")[0].GetProperty("id").GetString()}";
    }

    [GeneratedRegex("""name="__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}
