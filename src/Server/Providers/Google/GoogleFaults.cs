using System.Globalization;
using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Google;

/// <summary>What Google calls its errors: by name in answers, by number in operations that have failed, in words where a prompt is refused.</summary>
internal static class GoogleFaults
{
    private static readonly string[] Policy = ["SAFETY", "PROHIBITED_CONTENT", "BLOCKLIST", "SPII"];
    private static readonly string[] PolicyWords = ["responsible ai", "usage guidelines", "safety", "sensitive words", "prohibited"];

    /// <summary>Of an answer that is not 2xx. Some places of Google's put the one error into a list.</summary>
    /// <param name="usual">What its status means by itself.</param>
    public static VendorReply.Failed Read(VendorAnswer answer, ProviderFault usual)
    {
        var root = answer.Json is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray().FirstOrDefault() : answer.Json ?? default;
        var error = root.At("error");
        var message = error.At("message").Text() ?? answer.Text;
        var reasons = error.At("details").Items().Select(detail => detail.At("reason").Text());
        // A bad key is a bad request there.
        var fault = reasons.Contains("API_KEY_INVALID") ? ProviderFault.InsufficientQuota : Named(error.At("status").Text() ?? error.At("code").Text(), message) ?? usual;
        return new(fault, message, Pause(error));
    }

    /// <summary>Of an operation or an interaction that has ended with it.</summary>
    public static VendorReply.Failed Of(JsonElement error)
    {
        var message = error.At("message").Text() ?? "Google gave no reason.";
        var name = error.At("status").Text() ?? error.At("code").Text() ?? error.At("code").Whole() switch
        {
            3 => "INVALID_ARGUMENT",
            4 => "DEADLINE_EXCEEDED",
            7 => "PERMISSION_DENIED",
            8 => "RESOURCE_EXHAUSTED",
            9 => "FAILED_PRECONDITION",
            14 => "UNAVAILABLE",
            16 => "UNAUTHENTICATED",
            _ => null,
        };
        return new(Named(name, message) ?? ProviderFault.Internal, message);
    }

    private static ProviderFault? Named(string? status, string message) => status switch
    {
        not null when Policy.Contains(status) => ProviderFault.ContentPolicy,
        "INVALID_ARGUMENT" or "invalid_request" => PolicyWords.Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase)) ? ProviderFault.ContentPolicy : ProviderFault.InvalidInput,
        // Billing that is not set up, a country that is not served: matters of our account there.
        "FAILED_PRECONDITION" or "UNAUTHENTICATED" or "PERMISSION_DENIED" => ProviderFault.InsufficientQuota,
        "RESOURCE_EXHAUSTED" => ProviderFault.RateLimited,
        "UNAVAILABLE" => ProviderFault.Unavailable,
        "DEADLINE_EXCEEDED" => ProviderFault.TimedOut,
        "INTERNAL" => ProviderFault.Internal,
        _ => null,
    };

    /// <summary><c>"retryDelay": "12s"</c> of a <c>RetryInfo</c>.</summary>
    private static TimeSpan? Pause(JsonElement error)
    {
        var delay = error.At("details").Items().Select(detail => detail.At("retryDelay").Text()).FirstOrDefault(text => text is not null);
        return delay is [.. var seconds, 's'] && double.TryParse(seconds, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var pause) && pause <= 3600 ? TimeSpan.FromSeconds(pause) : null;
    }
}
