using Microsoft.Playwright;

namespace Rpd.E2E.Support;

/// <summary>Looks at pages one after the other and says at the end what is wrong with all of them.</summary>
public sealed class Look(Visitor visitor)
{
    private readonly List<string> faults = [];

    /// <summary>The paths of the pages that were looked at.</summary>
    public List<string> Seen { get; } = [];

    /// <param name="name">The page's, and the state it is in.</param>
    public async Task At(string name)
    {
        var page = visitor.Page;
        await Assertions.Expect(page.Locator("turbo-frame[busy]")).ToHaveCountAsync(0);
        // A page that fades over from the one before has the colours of neither.
        await page.EvaluateAsync("() => Promise.race([Promise.all(document.getAnimations().map(one => one.finished.catch(() => {}))), new Promise(done => setTimeout(done, 400))])");
        Seen.Add(new Uri(page.Url).AbsolutePath);
        var headings = await page.Locator("h1").CountAsync();
        if (headings != 1) faults.Add($"{name} has {headings} main headings");
        faults.AddRange((await Layout.Faults(page)).Select(fault => $"{name} {fault}"));
        faults.AddRange((await Axe.Faults(page)).Select(fault => $"{name} {fault}"));
    }

    public void End() => Assert.True(faults.Count == 0, string.Join("\n", faults));
}
