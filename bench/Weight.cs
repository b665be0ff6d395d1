using System.Globalization;
using System.Text.RegularExpressions;

namespace Rpd.Bench;

/// <summary>What travels before anybody has done anything: HTML, scripts and styles as they are sent with brotli. The limits are the project's budgets.</summary>
internal static partial class Weight
{
    public static async Task Run()
    {
        await using var server = await Installation.Start(("Jobs__SlowWorkers", "2"));
        await server.Command("demo");
        await server.Command("user", "add", "weight@example.org", "--password", "a few plain words", "--credits", "10");
        using var http = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = System.Net.DecompressionMethods.None }) { BaseAddress = new Uri(server.Address) };
        http.DefaultRequestHeaders.AcceptEncoding.ParseAdd("br");
        var html = await Bytes(http, "/explore");
        var page = await new HttpClient { BaseAddress = new Uri(server.Address) }.GetStringAsync(new Uri("/explore", UriKind.Relative));
        var css = await Sum(http, Styles().Matches(page));
        var scripts = await Sum(http, Scripts().Matches(page));
        // The playground adds its live connection, loaded when the page has been drawn.
        var chunks = 0L;
        foreach (var chunk in Directory.GetFiles(Path.Combine(Installation.Root, "src/Web/wwwroot/dist/chunks"), "*.js")) chunks += await Bytes(http, "/dist/chunks/" + Path.GetFileName(chunk));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"brotli bytes: explore HTML {html} (budget 12,288, {html / 12288.0:P0}); JavaScript on public pages {scripts} (61,440, {scripts / 61440.0:P0}), with every lazy chunk {scripts + chunks} (138,240, {(scripts + chunks) / 138240.0:P0}); CSS {css} (25,600, {css / 25600.0:P0})"));
    }

    private static async Task<long> Sum(HttpClient http, MatchCollection found)
    {
        var sum = 0L;
        foreach (Match match in found) sum += await Bytes(http, match.Groups[1].Value);
        return sum;
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
}
