using AngleSharp.Html.Parser;
using Rpd.Web.Chat;

namespace Rpd.Web.Tests.Chat;

/// <summary>Nothing that a model writes, or is talked into writing, becomes more than text, lists, tables, code and links.</summary>
public sealed class MarkdownTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<a href=\"javascript:alert(1)\">press</a>")]
    [InlineData("<div style=\"position:fixed\">over everything</div>")]
    [InlineData("[press](javascript:alert(1))")]
    [InlineData("[press](JaVaScRiPt:alert(1))")]
    [InlineData("[press](\tjavascript:alert(1))")]
    [InlineData("[press](data:text/html,<script>alert(1)</script>)")]
    [InlineData("[press](vbscript:x)")]
    [InlineData("[press](file:///etc/passwd)")]
    [InlineData("[press](//elsewhere.example)")]
    [InlineData("[press](/\\elsewhere.example)")]
    [InlineData("[press][it]\n\n[it]: javascript:alert(1)")]
    [InlineData("<javascript:alert(1)>")]
    [InlineData("![a picture](javascript:alert(1))")]
    [InlineData("![a picture](https://spy.example/pixel.png)")]
    [InlineData("[![in](https://spy.example/pixel.png)](javascript:alert(1))")]
    [InlineData("[x](https://a.example \"t\\\" onmouseover=alert(1)\")")]
    [InlineData("```\" onmouseover=alert(1)\ncode\n```")]
    [InlineData("a {onclick=alert(1)}")]
    [InlineData("| <b onclick=alert(1)>a | b |\n|---|---|\n| 1 | 2 |")]
    public void What_could_do_harm_is_text(string markdown)
    {
        var page = new HtmlParser().ParseDocument($"<body>{MarkdownText.Html(markdown)}</body>");

        Assert.Empty(page.QuerySelectorAll("script, style, img, iframe, object, svg, form, input, div, b"));
        foreach (var element in page.Body!.QuerySelectorAll("*"))
            Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, (string[])["href", "title", "rel", "target", "tabindex", "class"]));
        Assert.All(page.QuerySelectorAll("a"), link => Assert.StartsWith("https://", link.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public void Links_lead_to_the_web_to_mail_and_to_pages_of_ours()
    {
        var page = new HtmlParser().ParseDocument(MarkdownText.Html("[a](https://a.example/x?y=1) [b](/docs#keys) [c](mailto:a@b.example) https://d.example <e@f.example> ![g](https://g.example/g.png)"));
        var links = page.QuerySelectorAll("a");

        Assert.Equal(["https://a.example/x?y=1", "/docs#keys", "mailto:a@b.example", "https://d.example", "mailto:e@f.example", "https://g.example/g.png"], links.Select(link => link.GetAttribute("href")));
        Assert.All(links, link => Assert.Equal(link.GetAttribute("href")!.StartsWith('/') ? null : "nofollow noopener noreferrer", link.GetAttribute("rel")));
        Assert.Equal("g", links[^1].TextContent);
    }

    [Fact]
    public void Words_of_a_link_that_leads_nowhere_stay_with_their_emphasis() =>
        Assert.Equal("<p>see <strong>this</strong> page</p>\n", MarkdownText.Html("see [**this** page](javascript:x)"));

    [Fact]
    public void Headings_stand_below_the_pages_own_and_code_and_tables_can_be_reached_by_the_keyboard()
    {
        var page = new HtmlParser().ParseDocument(MarkdownText.Html("## One\n\n##### Five\n\n# Above\n\n```csharp\nvar x = 1 < 2;\n```\n\n    indented\n\n| a | b |\n|---|--:|\n| 1 | ~~2~~ |\n\n1. first\n   - inside"));

        Assert.Equal(["H3:One", "H4:Five", "H3:Above"], page.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(heading => $"{heading.TagName}:{heading.TextContent}"));
        Assert.Equal(3, page.QuerySelectorAll("pre[tabindex='0'], pre code[tabindex='0'], table[tabindex='0']").Length);
        Assert.Equal("var x = 1 < 2;\n", page.QuerySelector("pre code")!.TextContent);
        Assert.NotNull(page.QuerySelector("table del"));
        Assert.NotNull(page.QuerySelector("ol > li > ul > li"));
    }

    [Theory, InlineData(""), InlineData("**half"), InlineData("```\nopen"), InlineData("| a | b |\n|--"), InlineData("[half](https://a"), InlineData("\0\u202e😀")]
    public void What_is_not_finished_yet_can_be_drawn(string markdown) => Assert.NotNull(MarkdownText.Html(markdown));
}
