using Rpd.Server.Analysis.Builtin;
using Rpd.Server.ApiKeys;
using Rpd.Server.Credits;
using Rpd.Server.Credits.Metering;
using Rpd.Shared;
using Rpd.Shared.Analysis;

namespace Rpd.Server.Analysis;

/// <summary>Has a text or a picture looked at by the provider that was named, or by the first that can. A success costs <see cref="Price"/>, anything else nothing.</summary>
/// <param name="analysts">In the order in which they are chosen from; this server itself comes last.</param>
public sealed class Analyse(IEnumerable<IAnalyst> analysts, Meter meter, TimeProvider time)
{
    public const int Price = 1;

    private readonly IAnalyst[] analysts = [.. analysts];

    /// <param name="face">The face that was called, as usage names it.</param>
    /// <param name="provider">One of <see cref="TextProviders"/>.</param>
    /// <param name="request">Its language may be empty: then a text's is found out.</param>
    public async Task<Outcome<Analysed>> Run(Credential credential, string face, string provider, AnalysisRequest request, CancellationToken cancel)
    {
        var chosen = Choose(request.Task, provider, credential.Test);
        if (chosen.Declined) return chosen.Refusal;
        if (request is { Picture: null, Language.Length: 0 })
        {
            if (DetectLanguage.Run(request.Content) is not { } language)
                return Refusal.Invalid("language", $"The text's language could not be told. Name it: {string.Join(", ", TextLanguages.Known)}.");
            request = request with { Language = language };
        }
        var name = chosen.Value.Name;
        var held = await meter.Hold(credential.Payer(face, time.GetUtcNow()), Price, name, $"{name}-{Word(request.Task)}", cancel);
        if (held.Declined) return held.Refusal;
        using var hold = held.Value;
        var result = await chosen.Value.Run(request, cancel);
        if (result.Declined) return result.Refusal;
        hold.Charge(Price);
        return new Analysed(name, request.Language, result.Value);
    }

    private Outcome<IAnalyst> Choose(AnalysisTask task, string provider, bool test)
    {
        var able = analysts.Where(analyst => analyst.Does(task)).ToArray();
        if (provider == TextProviders.Auto)
            return able.FirstOrDefault(analyst => analyst.Missing(task) is null && MayServe(analyst)) is { } first ? new Outcome<IAnalyst>(first, null)
                : Unavailable($"Nobody who does {Word(task)} is configured here. {string.Join(" Or: ", able.Select(analyst => analyst.Missing(task)).Where(missing => missing is not null))}");
        if (able.FirstOrDefault(analyst => analyst.Name == provider) is not { } named)
            return Refusal.Invalid("provider", $"{provider} does not do {Word(task)}; these do: {string.Join(", ", able.Select(analyst => analyst.Name))}.");
        if (named.Missing(task) is { } missing) return Unavailable($"{provider} is not configured here. {missing}");
        return MayServe(named) ? new Outcome<IAnalyst>(named, null) : Refusal.Forbidden("A test key is served by builtin alone: others would bill the operator.");

        bool MayServe(IAnalyst analyst) => !test || analyst.Name == TextProviders.Builtin;
    }

    private static Refusal Unavailable(string message) => new("PROVIDER_UNAVAILABLE", 503, message);

    private static string Word(AnalysisTask task) => task.ToString().ToLowerInvariant();
}

/// <param name="Language">Of a text; empty for a picture.</param>
/// <param name="Result">In the shape of the provider.</param>
public sealed record Analysed(string Provider, string Language, object Result);
