using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Renderers.Html;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace Rpd.Web.Chat;

/// <summary>
/// What a model has written, as HTML. Nobody knows what that is, or who told the model to write it: HTML in it stays text, links lead to the web, to mail or to
/// pages of ours and nowhere else, and a picture is a link, since loading it would tell its server what was talked about.
/// </summary>
public static class MarkdownText
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().DisableHtml().UsePipeTables().UseAutoLinks().UseEmphasisExtras(Markdig.Extensions.EmphasisExtras.EmphasisExtraOptions.Strikethrough).Build();

    // The page has its own main heading, and each turn one below it.
    private const int TurnLevel = 2, LevelMax = 6;

    public static string Html(string markdown)
    {
        var document = Markdown.Parse(markdown, Pipeline);
        Place(document.Descendants<HeadingBlock>().ToList());
        foreach (var node in document.Descendants().ToList())
        {
            switch (node)
            {
                // What scrolls must be reached by the keyboard, too.
                case CodeBlock or Table:
                    node.GetAttributes().AddProperty("tabindex", "0");
                    break;
                case LinkInline link:
                    Tame(link);
                    break;
                case AutolinkInline { IsEmail: false } auto when !Leads(auto.Url):
                    auto.ReplaceBy(new LiteralInline(auto.Url));
                    break;
                case AutolinkInline auto:
                    Mark(auto);
                    break;
            }
        }
        return document.ToHtml(Pipeline);
    }

    // Wherever an answer begins to count, its headings follow those of the page without a gap.
    private static void Place(IReadOnlyList<HeadingBlock> headings)
    {
        var (above, highest) = (TurnLevel, headings.Select(heading => heading.Level).DefaultIfEmpty().Min());
        foreach (var heading in headings)
            above = heading.Level = Math.Min(LevelMax, Math.Min(above + 1, TurnLevel + 1 + heading.Level - highest));
    }

    private static void Tame(LinkInline link)
    {
        if (!Leads(link.Url))
        {
            // Its words stay.
            var words = new ContainerInline();
            while (link.FirstChild is { } child)
            {
                child.Remove();
                words.AppendChild(child);
            }
            link.ReplaceBy(words);
            return;
        }
        if (link.IsImage && link.FirstChild is null) link.AppendChild(new LiteralInline(link.Url!));
        link.IsImage = false;
        Mark(link);
    }

    private static void Mark(Inline link)
    {
        if (link is LinkInline { Url: ['/', ..] }) return;
        link.GetAttributes().AddProperty("rel", "nofollow noopener noreferrer");
        link.GetAttributes().AddProperty("target", "_blank");
    }

    private static bool Leads(string? address) =>
        address is ['/', not ('/' or '\\'), ..] or "/" ||
        (Uri.TryCreate(address, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeMailto) && !address!.StartsWith('/'));
}
