using System.Text;
using Rpd.Server.Catalog;
using Rpd.Web.Catalog;
using Rpd.Web.Ui;

namespace Rpd.Server.Chat.Assistant.Knowledge;

/// <summary>Questions about models, answered from the catalogue as it is sold at this moment.</summary>
internal sealed class ModelQuestions(ModelCatalog catalog)
{
    private const int NamedMax = 4, ListMax = 10, ShortName = 4;

    /// <summary>Null when it is not about models.</summary>
    public string? Answer(string message, IReadOnlySet<string> asked)
    {
        var named = Named(message);
        if (named.Count > 0) return string.Join("\n\n", named.Select(Card));
        var maker = catalog.All.Select(entry => entry.Provider).Distinct().FirstOrDefault(provider => Terms.Of(provider).All(asked.Contains));
        var kind = ModelKinds.Of(asked);
        if (!asked.Contains("model") && !(Cheap(asked) && kind is not null) && !(kind is not null && asked.Contains("price"))) return null;
        return kind is not null || maker is not null ? List(kind, maker, asked) : asked.Count <= 2 || Cheap(asked) ? List(null, null, asked) : null;
    }

    private static bool Cheap(IReadOnlySet<string> asked) => asked.Overlaps(["cheap", "cheapest", "günstig", "günstigste", "billig", "least", "fre", "free", "kostenlo"]);

    /// <summary>The models whose id or name stands in it; of names within each other the longest.</summary>
    public IReadOnlyList<CatalogEntry> Named(string message)
    {
        var text = Flat(message);
        var found = new List<(CatalogEntry Entry, string Name)>();
        foreach (var entry in catalog.All)
        {
            var name = new[] { Flat(entry.Id), Flat(entry.DisplayName) }.FirstOrDefault(name => name.Length > ShortName && text.Contains(name, StringComparison.Ordinal));
            if (name is not null) found.Add((entry, name));
        }
        return [.. found.Where(one => !found.Any(other => other.Name.Length > one.Name.Length && other.Name.Contains(one.Name, StringComparison.Ordinal))).Select(one => one.Entry).Take(NamedMax)];
    }

    /// <summary>Words between single spaces.</summary>
    private static string Flat(string text)
    {
        var flat = new StringBuilder(" ", text.Length + 2);
        foreach (var c in text)
        {
            if (char.IsLetterOrDigit(c)) flat.Append(char.ToLowerInvariant(c));
            else if (flat[^1] != ' ') flat.Append(' ');
        }
        if (flat[^1] != ' ') flat.Append(' ');
        return flat.ToString();
    }

    private string Card(CatalogEntry entry)
    {
        var usual = PriceTables.UsualRun(entry);
        var parameters = string.Join(", ", entry.Rules.Keys.Take(16).Select(name => $"`{name}`"));
        return $"""
            **{Link(entry)}** (`{entry.Id}`, {CatalogWords.Provider(entry.Provider)})

            > {entry.Description}

            - **Price**: {Price(entry)}{(usual is null ? "" : $"; a usual run ({CatalogWords.Run(usual.Breakdown)}) costs {Words.Credits(usual.Credits)}")}
            - **Makes**: {string.Join(", ", entry.SupportedTypes.Select(Words.Type))}
            - **Here**: {catalog.Unavailable(entry) ?? "ready to run."}
            {(parameters.Length > 0 ? $"- **Takes**: {parameters}" : "")}
            """.TrimEnd();
    }

    /// <summary>Names may have brackets of their own.</summary>
    private static string Link(CatalogEntry entry) =>
        $"[{entry.DisplayName.Replace("[", @"\[", StringComparison.Ordinal).Replace("]", @"\]", StringComparison.Ordinal)}](/models/{entry.Id})";

    private static string Price(CatalogEntry entry)
    {
        decimal[] rates = [.. (entry.PriceTiers ?? []).Select(tier => tier.Rate).Append(entry.BaseRate).OfType<decimal>().Distinct().Order()];
        var unit = entry.BillingUnit switch { "image" => "per picture", "second" => "per second", "1k_chars" => "per 1,000 characters", _ => "per run" };
        return rates switch
        {
            [] => "not known",
            [0] => "free",
            [1] => $"1 credit {unit}",
            [var one] => $"{Words.Rate(one)} credits {unit}",
            _ => $"{Words.Rate(rates[0])} to {Words.Rate(rates[^1])} credits {unit}, depending on what is asked for",
        };
    }

    private string List(ModelKind? kind, string? maker, IReadOnlySet<string> asked)
    {
        var fitting = catalog.All.Where(entry => (kind is null || entry.SupportedTypes.Any(kind.Types.Contains)) && (maker is null || entry.Provider == maker) && entry.Provider != Providers.Sandbox.SandboxProvider.ProviderName)
            .Select(entry => (Entry: entry, Ready: catalog.Unavailable(entry) is null, Usual: PriceTables.UsualRun(entry, kind is null ? null : entry.SupportedTypes.First(kind.Types.Contains))?.Credits)).ToArray();
        var ready = fitting.Count(one => one.Ready);
        var what = $"{(maker is null ? "" : CatalogWords.Provider(maker) + " ")}{(fitting.Length == 1 ? "model" : "models")}";
        var intro = $"{Words.Number(fitting.Length)} {what}{(kind is null ? "" : $" {(fitting.Length == 1 ? "can " : "")}{kind.Label}")}; {(ready == fitting.Length ? "all" : ready == 0 ? "none" : Words.Number(ready))} of them can run on this server now.";
        var order = Cheap(asked) || asked.Contains("price") ? fitting.OrderByDescending(one => one.Ready).ThenBy(one => one.Usual ?? long.MaxValue) : fitting.OrderByDescending(one => one.Ready).ThenBy(one => one.Entry.Provider, StringComparer.Ordinal);
        var lines = order.Take(ListMax).Select(one =>
            $"- {Link(one.Entry)} (`{one.Entry.Id}`): {Price(one.Entry)}{(one.Usual is { } credits ? $", a usual run {Words.Credits(credits)}" : "")}{(one.Ready ? "" : "; needs a provider key")}");
        var all = kind is { Types: [var type, ..] } ? $"/models?type={type}" : maker is not null ? $"/models?provider={maker}" : "/models";
        return $"{intro}\n\n{string.Join('\n', lines)}\n\n{(fitting.Length > ListMax ? $"{Words.Number(fitting.Length - ListMax)} more" : "All models")}: [{all}]({all})";
    }
}
