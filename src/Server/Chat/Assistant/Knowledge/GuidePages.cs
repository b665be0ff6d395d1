using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Rpd.Server.OpenApi;
using Rpd.Web.Docs;
using Rpd.Web.Ui;

namespace Rpd.Server.Chat.Assistant.Knowledge;

/// <summary>The guide at <c>/docs</c>, read from the page itself: its sentences stand nowhere else, and what is quoted is what the page shows.</summary>
internal static partial class GuidePages
{
    public static IEnumerable<Passage> All(GuideModel model) =>
        from Match section in Section().Matches(Drawn(model))
        let inside = Samples().Replace(section.Groups["inside"].Value, "")
        select new Passage(Text(Heading().Match(inside).Groups[1].Value), "API guide", "/docs#" + section.Groups["id"].Value,
            [.. Block().Matches(inside).Select(block => Text(block.Value)).Where(text => text.Length > 0)]);

    private static string Drawn(GuideModel model)
    {
        using var services = new ServiceCollection().AddSingleton<AssetUrls>().BuildServiceProvider();
        using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        // Nothing on the page waits for anything, so it is drawn when the call returns.
        return renderer.Dispatcher.InvokeAsync(async () =>
            (await renderer.RenderComponentAsync<GuidePage>(ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(GuidePage.Model)] = model }))).ToHtmlString()).GetAwaiter().GetResult();
    }

    /// <summary>Its Markdown, on one line.</summary>
    private static string Text(string html)
    {
        var text = Tag().Replace(Link().Replace(CodeTag().Replace(html, "`$1`"), "[$2]($1)"), "");
        return Spaces().Replace(WebUtility.HtmlDecode(text), " ").Trim();
    }

    [GeneratedRegex("<section class=\"guide\" id=\"(?<id>[^\"]+)\">(?<inside>.*?)</section>", RegexOptions.Singleline)]
    private static partial Regex Section();

    [GeneratedRegex("<h2>(.*?)</h2>", RegexOptions.Singleline)]
    private static partial Regex Heading();

    // Tables are left out: without their heads their rows say nothing, and what they hold is known from where they have it.
    [GeneratedRegex("<p>.*?</p>|<li>.*?</li>", RegexOptions.Singleline)]
    private static partial Regex Block();

    // What stands in all languages one after the other is no sentence.
    [GeneratedRegex("<pre.*?</pre>", RegexOptions.Singleline)]
    private static partial Regex Samples();

    [GeneratedRegex("<code>(.*?)</code>", RegexOptions.Singleline)]
    private static partial Regex CodeTag();

    [GeneratedRegex("<a href=\"([^\"]+)\"[^>]*>(.*?)</a>", RegexOptions.Singleline)]
    private static partial Regex Link();

    [GeneratedRegex("<[^<>]+>")]
    private static partial Regex Tag();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
