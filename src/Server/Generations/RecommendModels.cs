using System.Globalization;
using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Providers.Sandbox;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Generations;

/// <summary>
/// Ranks the models that can do what a prompt asks for. Every point has a reason that is said: what the catalogue knows about quality, speed and abilities,
/// what was measured here, what people preferred in blind comparisons, and the price of this very request. Those votes are worth <see cref="VotesWeight"/>
/// points at most, up or down; the three of quality, speed and cost together 90.
/// </summary>
public sealed class RecommendModels(ModelSpeeds speeds, ModelCatalog catalog)
{
    public const int VotesWeight = 10;
    private const int Most = 10;

    /// <param name="priority">quality, speed or cost; null weighs them alike.</param>
    /// <param name="maxCredits">Dearer ones are left out.</param>
    public async Task<IReadOnlyList<RecommendationView>> Run(string prompt, string? type, string? priority, long? maxCredits, OwnKeys own, CancellationToken cancel)
    {
        var traits = PromptTraits.Of(prompt, type);
        var measured = await speeds.All(cancel);
        var candidates = catalog.All.Where(entry => entry.Provider != SandboxProvider.ProviderName && entry.Lifecycle.Status != "retired" && entry.SupportedTypes.Contains(traits.Type))
            .Select(entry => (Entry: entry, Credits: Price(entry, traits, prompt, own))).Where(one => one.Credits is { } credits && (maxCredits is null || credits <= maxCredits)).ToArray();
        if (candidates.Length == 0) return [];
        var (cheapest, dearest) = (candidates.Min(one => one.Credits!.Value), candidates.Max(one => one.Credits!.Value));
        return [.. candidates.Select(one => Score(one.Entry, one.Credits!.Value, traits, priority, measured, cheapest, dearest, own))
            .OrderByDescending(one => one.Available).ThenByDescending(one => one.Score).ThenBy(one => one.Credits).ThenBy(one => one.Model, StringComparer.Ordinal).Take(Most)];
    }

    private RecommendationView Score(
        CatalogEntry entry, long credits, PromptTraits traits, string? priority, IReadOnlyDictionary<string, SpeedView> measured, long cheapest, long dearest, OwnKeys own)
    {
        var reasons = new List<string> { traits.TypeReason };
        int Weight(string name) => priority is null ? 30 : priority == name ? 60 : 15;
        double quality = entry.Quality switch { "ultra" => 1, "high" => 0.8, "standard" => 0.5, _ => 0.2 };
        reasons.Add($"Its quality is {entry.Quality}.");
        double speed = entry.Speed switch { "fast" => 1, "standard" => 0.6, _ => 0.2 };
        if (measured.TryGetValue(entry.Id, out var usual))
        {
            speed = 1 / (1 + (usual.P50Ms / 30_000.0));
            reasons.Add(string.Create(CultureInfo.InvariantCulture, $"It usually takes {Math.Max(1, usual.P50Ms / 1000)} s on this server."));
        }
        else reasons.Add($"Its speed is {entry.Speed}, by the catalogue: it has not been measured here yet.");
        var cost = dearest == cheapest ? 1 : 1 - (Math.Log(1.0 + credits - cheapest) / Math.Log(1.0 + dearest - cheapest));
        reasons.Add(credits == cheapest && dearest > cheapest ? $"At {credits} credits it is the cheapest that fits." : $"This request costs {credits} credits.");
        var score = (quality * Weight("quality")) + (speed * Weight("speed")) + (cost * Weight("cost")) + Fitness(entry, traits, reasons) + Preference(entry, traits.Type, reasons);
        if (catalog.Unavailable(entry, own) is { } missing) reasons.Add($"It cannot run here now. {missing}");
        return new(entry.Provider, entry.Id, entry.DisplayName, traits.Type, (int)Math.Clamp(Math.Round(score), 0, 100), reasons, credits, catalog.Unavailable(entry, own) is null);
    }

    private static double Fitness(CatalogEntry entry, PromptTraits traits, List<string> reasons)
    {
        double points = 0;
        if (traits.Lettering) Add(Says(entry, "text", "typograph", "letter", "logo", "poster"), 10, "Its description speaks of lettering, which the prompt needs.");
        if (traits.Photo) Add(Says(entry, "photo", "realis"), 6, "It is made for photographic pictures.");
        if (traits.Drawing) Add(Says(entry, "vector", "illustrat", "anime", "drawing", "scene", "icon"), 6, "It is made for drawn pictures.");
        if (traits.Speech && traits.Type != "audio") Add(entry.SupportsAudio, 8, "It makes sound as well, and somebody speaks in the prompt.");
        if (traits.Seconds is { } seconds && Durations(entry) is { Length: > 0 } lengths)
        {
            if (Array.Exists(lengths, length => length >= seconds)) Add(true, 5, string.Create(CultureInfo.InvariantCulture, $"It can run for {seconds} s."));
            else
            {
                points -= 15;
                reasons.Add(string.Create(CultureInfo.InvariantCulture, $"It is too short for {seconds} s: {lengths.Max()} s at most."));
            }
        }
        return points;

        void Add(bool fits, double more, string reason)
        {
            if (!fits) return;
            points += more;
            reasons.Add(reason);
        }
    }

    // A rating without votes is 0.5, and so it is worth nothing.
    private double Preference(CatalogEntry entry, string type, List<string> reasons)
    {
        if (catalog.Scores.Of(entry.Id, type) is not { } score) return 0;
        reasons.Add(string.Create(CultureInfo.InvariantCulture, $"It was preferred in {Math.Round(score.WinRate * 100)} % of {score.Votes} blind comparisons with other models."));
        return ((score.Rating * 2) - 1) * VotesWeight;
    }

    private static bool Says(CatalogEntry entry, params string[] words) => words.Any(word => entry.Description.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static decimal[] Durations(CatalogEntry entry) => entry.Rules.GetValueOrDefault("duration") is not { } rule ? []
        : rule.Choices.Count > 0 ? [.. rule.Choices.Select(choice => decimal.TryParse(choice, CultureInfo.InvariantCulture, out var number) ? number : 0)] : rule.Max is { } max ? [(decimal)max] : [];

    // A request with the model's own defaults, of the length that the prompt names where the model can be so long.
    private long? Price(CatalogEntry entry, PromptTraits traits, string prompt, OwnKeys own)
    {
        var parameters = new Dictionary<string, JsonElement>();
        if (traits.Seconds is { } seconds && Durations(entry) is { Length: > 0 } lengths)
            parameters["duration"] = JsonSerializer.SerializeToElement(lengths.Length == 1 ? Math.Min(seconds, lengths[0]) : lengths.Where(length => length >= seconds).DefaultIfEmpty(lengths.Max()).Min());
        var price = catalog.Price(entry, traits.Type, parameters, prompt, count: 1, own);
        return price.Declined ? null : price.Value.Credits;
    }
}
