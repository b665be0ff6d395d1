using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components;
using Rpd.Web.Tests.Support;

namespace Rpd.Web.Tests;

/// <summary>What holds for every page in every state.</summary>
public class PageRules
{
    [Fact]
    public void Every_page_component_is_among_the_states_tested_here()
    {
        var pages = typeof(WebParts).Assembly.GetTypes().Where(t => typeof(IComponent).IsAssignableFrom(t) && t.Name.EndsWith("Page", StringComparison.Ordinal));
        Assert.Empty(pages.Except(AllPages.States.Values.Select(s => s.Page)));
    }

    [Theory, MemberData(nameof(AllPages.Names), MemberType = typeof(AllPages))]
    public async Task A_page_is_a_whole_document_with_one_heading(string name)
    {
        var (html, page) = await AllPages.Drawn(name);
        Assert.StartsWith("<!DOCTYPE html>", html);
        Assert.Single(page.QuerySelectorAll("h1"));
        Assert.EndsWith("RPD Create", page.Title!.Replace(": every model, one place", ""));
        Assert.NotNull(page.QuerySelector("main#main"));
        Assert.NotNull(page.QuerySelector("a.skip[href='#main']"));
    }

    [Theory, MemberData(nameof(AllPages.Names), MemberType = typeof(AllPages))]
    public async Task Every_posting_form_carries_the_token(string name)
    {
        var (_, page) = await AllPages.Drawn(name);
        Assert.All(page.QuerySelectorAll("form[method=post]"), form => Assert.Single(form.QuerySelectorAll("input[name=__RequestVerificationToken]")));
        Assert.All(page.QuerySelectorAll("form"), form => Assert.StartsWith("/", form.GetAttribute("action")!));
    }

    [Theory, MemberData(nameof(AllPages.Names), MemberType = typeof(AllPages))]
    public async Task Nothing_on_a_page_needs_a_looser_content_security_policy(string name)
    {
        var (_, page) = await AllPages.Drawn(name);
        Assert.Empty(page.QuerySelectorAll("[style], style, base, script:not([src])"));
        Assert.DoesNotContain(page.All, e => e.Attributes.Any(a => a.Name.StartsWith("on", StringComparison.Ordinal)));
        Assert.All(page.QuerySelectorAll("script, link[rel=stylesheet], img, use"), e =>
            Assert.StartsWith("/", e.GetAttribute("src") ?? e.GetAttribute("href")!));
    }

    [Theory, MemberData(nameof(AllPages.Names), MemberType = typeof(AllPages))]
    public async Task Every_field_has_a_label_and_is_tied_to_its_error(string name)
    {
        var (_, page) = await AllPages.Drawn(name);
        foreach (var field in page.QuerySelectorAll("input:not([type=hidden]), select, textarea"))
        {
            var id = field.GetAttribute("id");
            Assert.True(field.Closest("label") is not null || (id is not null && page.QuerySelector($"label[for='{id}']") is not null), $"no label: {field.OuterHtml}");
        }

        foreach (var error in page.QuerySelectorAll(".error"))
            Assert.True(page.QuerySelectorAll("[aria-describedby]").Any(e => e.GetAttribute("aria-describedby")!.Split(' ').Contains(error.Id)), $"nothing points at {error.OuterHtml}");
        Assert.All(page.QuerySelectorAll("[aria-describedby]").SelectMany(e => e.GetAttribute("aria-describedby")!.Split(' ')), id => Assert.NotNull(page.GetElementById(id)));
    }

    [Theory, MemberData(nameof(AllPages.Names), MemberType = typeof(AllPages))]
    public async Task No_id_occurs_twice_and_every_button_has_a_name(string name)
    {
        var (_, page) = await AllPages.Drawn(name);
        Assert.Empty(page.QuerySelectorAll("[id]").GroupBy(e => e.Id).Where(g => g.Count() > 1).Select(g => g.Key));
        Assert.All(page.QuerySelectorAll("button, a, summary"), e => Assert.False(string.IsNullOrWhiteSpace((e.GetAttribute("aria-label") ?? "") + e.TextContent) && e.QuerySelector("img[alt]") is null, e.OuterHtml));
    }

    [Theory, MemberData(nameof(AllPages.Names), MemberType = typeof(AllPages))]
    public async Task A_live_frame_is_asked_for_and_never_loads_by_itself(string name)
    {
        var (_, page) = await AllPages.Drawn(name);
        foreach (var live in page.QuerySelectorAll("[data-live-id]"))
        {
            var frame = live.Closest("turbo-frame")!;
            Assert.False(frame.HasAttribute("src") || frame.HasAttribute("refresh") || frame.HasAttribute("data-live-version"));
            Assert.True(frame.HasAttribute("data-live-src"));
            Assert.Equal("_top", frame.GetAttribute("target"));
            Assert.NotNull(frame.Closest("[data-live-stream]"));
        }
    }

    private const string Id = "[0-9a-f-]{36}";

    /// <summary>Every address of the product that a page may lead to.</summary>
    private static readonly string[] Addresses =
    [
        "/",
        "/explore",
        "/works/" + Id,
        "/works/" + Id + "/(collect|report)",
        "/collections(/" + Id + ")?",
        "/settings/content",
        "/@[a-z0-9_]+",
        "#output-[0-9]",
        "/media/.+",
        "/sign-(in|up)",
        "/forgot-password",
        "/settings(/sessions)?",
        "/settings/(notifications|data|provider-keys)",
        "/settings/security(/prove)?",
        "/playground",
        "/(playground|compare)/picks",
        "/pricing",
        "/templates",
        "/library",
        "/library/" + Id,
        "/compare(/" + Id + ")?",
        "/keys",
        "/tokens",
        "/docs#webhooks",
        "/webhooks(/requests|/" + Id + "(/deliveries)?)?(/" + Id + ")?",
        "/events",
        "/usage(\\.csv)?",
        "/recognition",
        "/chat(/" + Id + ")?",
        "/custom-models(/" + Id + "|/example\\.csv)?",
        // A picture that is kept nowhere, to be taken along.
        "data:image/jpeg;base64,[A-Za-z0-9+/=]+",
        "/credits",
        "/billing(#payments)?",
        "https://(checkout|pay|invoice)\\.stripe\\.com/.+",
        "/@[a-z0-9_]{3,30}(/(collections|likes|followers|following))?",
        "/following",
        "/notifications",
        "/collections(/" + Id + ")?",
        "/models(/[a-z0-9.-]+)?",
        "/admin(/(models(/[a-z0-9.-]+)?|audit|usage(\\.csv)?|payments|access|codes|queue|reports|webhooks|providers|switches|announcements|ledger(\\.csv)?|(users|generations)(/" + Id + ")?))?",
        "/(redeem|referrals)",
        "/templates(/new|/" + Id + ")?",
        "/pricing",
        "/compare",
        "/docs(/[a-z]+)?",
        "/openapi\\.json",
        "#[a-zA-Z-]+",
    ];

    [Fact]
    public async Task Links_lead_only_to_addresses_that_exist()
    {
        var known = new Regex($@"^({string.Join('|', Addresses)})(\?.*)?$");
        foreach (var name in AllPages.States.Keys)
        {
            var (_, page) = await AllPages.Drawn(name);
            Assert.All(page.QuerySelectorAll("a[href]"), a => Assert.Matches(known, a.GetAttribute("href")!));
        }
    }

    [Fact]
    public void No_component_streams_its_rendering() =>
        Assert.DoesNotContain(typeof(WebParts).Assembly.GetTypes(), t => t.IsDefined(typeof(StreamRenderingAttribute), false));
}
