using System.Text.Json;
using Rpd.Server.Providers.Chat;
using Rpd.Shared;

namespace Rpd.Server.Prompts;

/// <summary>
/// Asks the configured moderation model, before anything is reserved: no row is locked meanwhile (a request with an Idempotency-Key holds that). Without
/// one it answers at once. What the built-in lists refuse it never sees, and they are asked again by whatever starts the generation.
/// </summary>
public sealed partial class Moderation(ModerationOptions options, ContentPolicy policy, ChatHttp http, ILogger<Moderation> log)
{
    /// <param name="texts">Prompts and titles.</param>
    /// <param name="field">The field that a refusal names.</param>
    public ValueTask<Refusal?> Refuse(IEnumerable<string?> texts, CancellationToken cancel, string field = "prompt") => options.Configured ? new(Ask(texts, field, cancel)) : default;

    private async Task<Refusal?> Ask(IEnumerable<string?> texts, string field, CancellationToken cancel)
    {
        var input = texts.Where(text => !string.IsNullOrWhiteSpace(text)).Distinct().ToArray();
        foreach (var text in input)
            if (policy.Refuse((field, text)) is { } known) return known;
        if (input.Length == 0) return null;
        var body = JsonSerializer.SerializeToUtf8Bytes(new { model = options.Model, input });
        var (answer, failure) = await http.Post(options.Access, "moderations", body, TimeSpan.FromSeconds(options.TimeoutSeconds), cancel);
        if (answer is { } given && Flagged(given) is var (category, understood) && understood)
            return category is null ? null : ContentPolicy.Violation("flagged by moderation", category, [ContentPolicy.Said(field, "flagged by moderation", category)]);
        Failed(failure?.Message ?? "its answer is of no use");
        return options.Required ? new("PROVIDER_UNAVAILABLE", 503, "Requests cannot be checked against the content policy now. Try again later.") : null;
    }

    private static (string? Category, bool Understood) Flagged(JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object || !answer.TryGetProperty("results", out var results) || results.ValueKind != JsonValueKind.Array || results.GetArrayLength() == 0) return (null, false);
        foreach (var result in results.EnumerateArray())
        {
            if (result.ValueKind != JsonValueKind.Object || !result.TryGetProperty("flagged", out var flagged) || flagged.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) return (null, false);
            if (flagged.GetBoolean()) return (Category(result), true);
        }
        return (null, true);
    }

    private static string Category(JsonElement result) =>
        result.TryGetProperty("categories", out var all) && all.ValueKind == JsonValueKind.Object
        && all.EnumerateObject().FirstOrDefault(category => category.Value.ValueKind == JsonValueKind.True) is { Value.ValueKind: JsonValueKind.True } found ? found.Name : "other";

    [LoggerMessage(Level = LogLevel.Warning, Message = "The moderation model (ContentPolicy:Upstream) was of no help, {Fault}")]
    private partial void Failed(string fault);
}
