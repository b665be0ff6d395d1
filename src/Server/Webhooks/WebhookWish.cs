using System.Text.Json;
using Rpd.Server.Http;
using Rpd.Server.Outbound;
using Rpd.Shared.Events;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>What somebody wants of a webhook. Null: not mentioned.</summary>
/// <param name="Description">Empty clears it.</param>
public sealed record WebhookWish(string? Url, string[]? Events, string? Description, string? Status)
{
    private const int UrlMax = 2048, DescriptionMax = 200;

    /// <summary>Reads and checks; mistakes are collected in <paramref name="fields"/>.</summary>
    /// <param name="json">The object itself, where null and absent differ; null for a form.</param>
    /// <param name="whole">A new one needs url and events.</param>
    public static WebhookWish Read(Fields fields, JsonElement? json, OutboundRules rules, bool whole)
    {
        var url = fields.Text("url", UrlMax, required: whole);
        if (url is not null && Objection(url, rules) is { } objection && !fields.Errors.Any(error => error.Field == "url")) fields.Wrong("url", objection);
        var events = fields.Texts("events", 20, 100);
        if (events is null && whole && !fields.Errors.Any(error => error.Field == "events")) fields.Wrong("events", $"events is required: a list of {string.Join(", ", EventNames.All)}.");
        else if (events is { Count: 0 }) fields.Wrong("events", "events must name at least one event.");
        else if (events?.FirstOrDefault(name => !EventNames.All.Contains(name)) is { } unknown) fields.Wrong("events", $"There is no event \"{unknown}\". There are: {string.Join(", ", EventNames.All)}.");
        var description = fields.Text("description", DescriptionMax)?.Trim();
        var cleared = json is { } given && given.TryGetProperty("description", out var sent) && sent.ValueKind == JsonValueKind.Null;
        return new(url, events?.Distinct().ToArray(), cleared ? "" : description, whole ? null : fields.Choice("status", WebhookSwitch.All));
    }

    private static string? Objection(string url, OutboundRules rules) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) ? rules.Objection(address, plainHttp: false) : "url must be an address such as https://example.com/hook.";
}
