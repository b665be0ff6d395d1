using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Fal;

/// <summary>
/// What fal says is wrong: models list typed errors below <c>detail</c> (<c>[{loc,msg,type}]</c>), the platform itself says one sentence there and its kind in
/// <c>error_type</c>. Both come late as well, instead of a result; fal has then tried again by itself, and what failed is over.
/// </summary>
internal static class FalFaults
{
    private static readonly string[] Policy = ["nsfw", "content policy", "content checker", "safety", "sensitive", "moderation"];

    public static (ProviderFault Fault, string Message)? Of(VendorAnswer answer)
    {
        var detail = answer.At("detail");
        if (answer.At("error_type").Text() is { } kind) return (kind.EndsWith("_timeout", StringComparison.Ordinal) ? ProviderFault.TimedOut : ProviderFault.Internal, detail.Text() ?? kind);
        var errors = detail.Items().ToArray();
        if (errors.Length == 0) return null;
        var message = string.Join("; ", errors.Select(Said));
        return (errors.Select(error => error.At("type").Text()).Max(Rank) switch
        {
            3 => ProviderFault.ContentPolicy,
            2 => ProviderFault.TimedOut,
            1 => ProviderFault.Internal,
            _ when answer.Status == 422 && Policy.Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase)) => ProviderFault.ContentPolicy,
            _ when answer.Status is 401 or 403 or 429 => Known(answer.Status),
            _ => ProviderFault.InvalidInput,
        }, message);
    }

    private static int Rank(string? type) => type switch
    {
        "content_policy_violation" => 3,
        "generation_timeout" => 2,
        "internal_server_error" or "downstream_service_error" or "downstream_service_unavailable" or "no_media_generated" => 1,
        _ => 0,
    };

    private static ProviderFault Known(int status) => status == 429 ? ProviderFault.RateLimited : ProviderFault.InsufficientQuota;

    private static string Said(JsonElement error)
    {
        var field = error.At("loc").Items().LastOrDefault().Text();
        var message = error.At("msg").Text() ?? error.At("type").Text() ?? "no reason given";
        return field is null or "body" ? message : $"{field}: {message}";
    }
}
