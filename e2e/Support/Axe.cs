using System.Diagnostics;
using System.Text.Json;
using Microsoft.Playwright;

namespace Rpd.E2E.Support;

/// <summary>axe-core, from the tests' npm packages: what it finds wrong with a page, each with its rule and its element.</summary>
public static class Axe
{
    private static readonly string Folder = Path.Combine(Site.Root, "tests", "judges");
    private static readonly Lazy<Task<string>> Script = new(Read);

    public static async Task<IReadOnlyList<string>> Faults(IPage page)
    {
        // By the debugger and not by a script element, so that the page keeps its content security policy.
        await page.EvaluateAsync(await Script.Value);
        var found = await page.EvaluateAsync<JsonElement>("async () => (await axe.run(document, { resultTypes: ['violations'] })).violations.map(v => ({ rule: v.id, nodes: v.nodes.map(n => n.target.join(' ') + ' ' + n.html.slice(0, 160) + ' ' + (n.any[0]?.message ?? n.all[0]?.message ?? n.none[0]?.message ?? '')) }))");
        return [.. found.EnumerateArray().SelectMany(fault => fault.GetProperty("nodes").EnumerateArray().Select(node => $"{fault.GetProperty("rule").GetString()}: {node.GetString()}"))];
    }

    private static async Task<string> Read()
    {
        var script = Path.Combine(Folder, "node_modules", "axe-core", "axe.min.js");
        if (!File.Exists(script))
        {
            using var npm = Process.Start(new ProcessStartInfo("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = Folder })!;
            await npm.WaitForExitAsync();
            if (npm.ExitCode != 0) throw new InvalidOperationException("axe-core could not be installed.");
        }
        return await File.ReadAllTextAsync(script);
    }
}
