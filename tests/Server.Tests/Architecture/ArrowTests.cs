using System.Text.RegularExpressions;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Architecture;

/// <summary>Who may know whom, as an allow-list over the source's own using lines and qualified names. An arrow that is not here is a decision to be made here.</summary>
public sealed partial class ArrowTests
{
    private static readonly string[] Identity = ["Accounts", "ApiKeys", "Plans", "Switches"];
    private static readonly string[] Platform = ["Database", "Http", "Jobs", "Events", "Live", "Storage", "Media", "Mail", "Outbound", "OpenApi", "Telemetry"];

    /// <summary>Beyond the platform and identity, which everybody may use.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Accounts"] = ["Credits"],
        // Administrators decide who comes in, and that is written down.
        ["Access"] = ["Audit"],
        ["Catalog"] = ["Audit", "Providers"],
        ["Credits"] = [],
        // Refunds of administrators are written down; prices are shown as what they buy.
        ["Billing"] = ["Audit", "Catalog", "Credits", "Notifications"],
        ["Chat"] = ["Catalog", "Credits", "Providers"],
        ["Conversations"] = ["Catalog", "Chat", "Credits", "Providers"],
        // Faces translate what the features do.
        ["Faces"] = ["Analysis", "Catalog", "Chat", "Credits", "Generations", "Prompts", "Recognition"],
        // The playground begins with a template; faces are looked for before something is published.
        ["Generations"] = ["Catalog", "Credits", "Files", "Prompts", "Providers", "Recognition", "Templates"],
        ["Gallery"] = ["Generations", "Catalog", "Credits", "Notifications"],
        // Profiles show people's public collections.
        ["Social"] = ["Gallery", "Notifications", "Collections"],
        ["Comparisons"] = ["Catalog", "Credits", "Generations", "Prompts"],
        ["Library"] = ["Catalog", "Collections", "Generations"],
        ["Collections"] = ["Gallery", "Generations"],
        ["Templates"] = ["Catalog"],
        // Pages about models, prices and works together: it shows what the others know and is known by nobody.
        ["Storefront"] = ["Billing", "Catalog", "Credits", "Gallery", "Generations"],
        ["Providers"] = [],
        // Chat models make prompts better, and judge them.
        ["Prompts"] = ["Providers"],
        // Texts and pictures are shown to clouds and chat models, and each answer is paid for.
        ["Analysis"] = ["Credits", "Providers", "Recognition"],
        // The catalogue says whose key opens which model, and the credits what that costs.
        ["ProviderKeys"] = ["Catalog", "Credits", "Providers"],
        // Things are named by providers; a look costs a credit.
        ["Recognition"] = ["Credits", "Providers"],
        // Pictures are decoded as recognition does, and an answer is paid as one look.
        ["CustomModels"] = ["Credits", "Files", "Recognition"],
        ["Usage"] = ["Notifications"],
        ["Webhooks"] = ["Notifications"],
        // Whoever leaves takes everything along, or leaves nothing behind.
        ["PersonalData"] = ["Billing", "Credits", "Files", "Generations"],
        // Codes and referrals become credits; whoever brought somebody is told.
        ["Promotions"] = ["Audit", "Credits", "Notifications"],
        // Administrators look into everything; nothing looks back.
        ["Admin"] = ["Access", "Announcements", "Audit", "Billing", "Catalog", "Credits", "Gallery", "Generations", "Notifications", "Promotions", "Providers", "Usage", "Webhooks"],
        ["Operator"] = ["Generations", "Credits", "Catalog"],
    };

    [Fact]
    public void Features_know_only_whom_they_may()
    {
        var wrong = Uses().Where(use => use.From != use.To && !Platform.Contains(use.To) && !Identity.Contains(use.To)
            && !(Allowed.GetValueOrDefault(use.From) ?? []).Contains(use.To)).Select(use => $"{use.File}: {use.From} → {use.To}");

        Assert.Empty(wrong);
    }

    [Fact]
    public void Providers_know_nothing_of_ours_but_child_processes_and_the_guarded_way_out() =>
        Assert.Empty(Uses().Where(use => use.From == "Providers" && use.To is not ("Providers" or "Media" or "Outbound")).Select(use => $"{use.File} → {use.To}"));

    [Fact]
    public void The_web_project_knows_nothing_of_the_server_and_injects_nothing_of_it()
    {
        var web = Files("src/Web").Where(file => file.Text.Contains("Rpd.Server", StringComparison.Ordinal)
            || (file.Name.EndsWith(".razor", StringComparison.Ordinal) && Inject().Matches(file.Text).Any(match => match.Groups[1].Value is not ("AssetUrls" or "AntiforgeryStateProvider" or "NavigationManager"))));

        Assert.Empty(web.Select(file => file.Name));
    }

    [Fact]
    public void Shared_references_nothing() => Assert.DoesNotContain("Reference", Source.Read("src/Shared/Shared.csproj"), StringComparison.Ordinal);

    private static IEnumerable<(string File, string From, string To)> Uses() =>
        from file in Files("src/Server")
        let parts = file.Name.Split('/')
        where parts.Length > 3
        from Match match in ServerName().Matches(file.Text)
        select (file.Name, parts[2], match.Groups[1].Value);

    private static IEnumerable<(string Name, string Text)> Files(string folder) =>
        from path in Directory.EnumerateFiles(Path.Combine(Source.Root, folder), "*.*", SearchOption.AllDirectories)
        where path.EndsWith(".cs", StringComparison.Ordinal) || path.EndsWith(".razor", StringComparison.Ordinal)
        let name = Path.GetRelativePath(Source.Root, path).Replace('\\', '/')
        where !name.Contains("/obj/", StringComparison.Ordinal) && !name.Contains("/bin/", StringComparison.Ordinal) && !name.Contains("/node_modules/", StringComparison.Ordinal)
        select (name, File.ReadAllText(path));

    [GeneratedRegex(@"^using (?:static )?Rpd\.Server\.([A-Z]\w+)", RegexOptions.Multiline)]
    private static partial Regex ServerName();

    [GeneratedRegex(@"^@inject (\w+)", RegexOptions.Multiline)]
    private static partial Regex Inject();
}
