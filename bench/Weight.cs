using System.Globalization;
using System.Text.RegularExpressions;

namespace Rpd.Bench;

/// <summary>What travels before anybody has done anything: HTML, scripts and styles as they are sent with brotli. The limits are the project's budgets.</summary>
internal static partial class Weight
{
    private const int HtmlBudget = 12_288, PublicScriptBudget = 61_440, ScriptBudget = 138_240, StyleBudget = 25_600;

    public static async Task Run()
    {
        await using var server = await Installation.Start(("Jobs__SlowWorkers", "2"));
        await server.Command("demo");
        await server.Command("user", "add", "weight@example.org", "--password", "a few plain words", "--credits", "10");
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None }) { BaseAddress = new Uri(server.Address) };
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        using var reader = new HttpClient { BaseAddress = new Uri(server.Address) };
        foreach (var path in new[] { "/", "/explore", "/models", "/models/kling-3.0", "/templates", "/pricing", "/docs", "/sign-in" })
        {
            var page = await reader.GetStringAsync(new Uri(path, UriKind.Relative));
            var (scripts, seen) = await Scripted(http, reader, [.. Scripts().Matches(page).Select(match => match.Groups[1].Value)]);
            var css = 0L;
            foreach (Match match in Styles().Matches(page)) css += await Bytes(http, match.Groups[1].Value);
            var html = await Bytes(http, path);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{path}, brotli bytes: HTML {html} ({html / (double)HtmlBudget:P0} of explore's budget); JavaScript {scripts} ({scripts / (double)PublicScriptBudget:P0} of {PublicScriptBudget}); CSS {css} ({css / (double)StyleBudget:P0} of {StyleBudget})"));
            if (path != "/explore") continue;
            // The heaviest page loads its live connection and its controllers when it has been drawn.
            var all = scripts;
            foreach (var chunk in Directory.GetFiles(Path.Combine(Installation.Root, "src/Web/wwwroot/dist/chunks"), "*.js").Select(file => "/dist/chunks/" + Path.GetFileName(file)))
            {
                if (!seen.Contains(chunk)) all += await Bytes(http, chunk);
            }
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"with every chunk there is: JavaScript {all} ({all / (double)ScriptBudget:P0} of {ScriptBudget})"));
        }
    }

    // With what the scripts themselves import before they run; what they import later is not loaded yet.
    private static async Task<(long Bytes, IReadOnlySet<string> Seen)> Scripted(HttpClient http, HttpClient reader, IReadOnlyList<string> first)
    {
        var (sum, waiting, seen) = (0L, new Queue<string>(first), new HashSet<string>(first));
        while (waiting.TryDequeue(out var script))
        {
            sum += await Bytes(http, script);
            foreach (Match import in Imports().Matches(await reader.GetStringAsync(new Uri(script, UriKind.Relative))))
            {
                var found = new Uri(new Uri(http.BaseAddress!, script), import.Groups[1].Value).AbsolutePath;
                if (seen.Add(found)) waiting.Enqueue(found);
            }
        }
        return (sum, seen);
    }

    private static async Task<long> Bytes(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(new Uri(path, UriKind.Relative));
        answer.EnsureSuccessStatusCode();
        if (!answer.Content.Headers.ContentEncoding.Contains("br")) throw new InvalidOperationException($"{path} came without brotli.");
        return (await answer.Content.ReadAsByteArrayAsync()).LongLength;
    }

    [GeneratedRegex("""<script[^>]* src="([^"]+)"[^>]*>""")]
    private static partial Regex Scripts();

    [GeneratedRegex("""<link rel="stylesheet" href="([^"]+)"[^>]*>""")]
    private static partial Regex Styles();

    [GeneratedRegex("""(?:from|import)\s*"(\.[^"]+\.js)"\s*;?""")]
    private static partial Regex Imports();
}
