using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.HeyGen;

/// <summary>What HeyGen's codes mean to us. A refused call has <c>error{code,message}</c>; a video that failed has a code of its own, of which no list is published.</summary>
internal static class HeyGenFailures
{
    private static readonly string[] Policy = ["moderation", "policy", "nsfw", "prohibited", "inappropriate", "sensitive"];

    public static VendorReply.Failed Of(VendorAnswer answer)
    {
        var (code, message) = (answer.At("error", "code").Text(), answer.At("error", "message").Text());
        var fault = code switch
        {
            // An avatar or a voice that our account may not use: the customer named it.
            "resource_access_denied" => ProviderFault.InvalidInput,
            "rate_limit_exceeded" or "request_in_progress" => ProviderFault.RateLimited,
            "quota_exceeded" or "insufficient_credit" => ProviderFault.InsufficientQuota,
            _ when answer.Status is not (401 or 402 or 403) && IsPolicy(code) => ProviderFault.ContentPolicy,
            _ => ByStatus(answer.Status),
        };
        return new(fault, message ?? code ?? answer.Text);
    }

    /// <summary>Of a job that was taken.</summary>
    public static VendorReply.Failed Of(string? code, string? message) =>
        new(IsPolicy(code) || IsPolicy(message) ? ProviderFault.ContentPolicy : ProviderFault.Internal, message ?? code ?? "HeyGen gave no reason.");

    private static ProviderFault ByStatus(int status) => status switch
    {
        400 or 404 or 409 or 413 or 415 or 422 => ProviderFault.InvalidInput,
        401 or 402 or 403 => ProviderFault.InsufficientQuota,
        408 or 504 => ProviderFault.TimedOut,
        429 => ProviderFault.RateLimited,
        502 or 503 => ProviderFault.Unavailable,
        _ => ProviderFault.Internal,
    };

    private static bool IsPolicy(string? words) => words is not null && Policy.Any(word => words.Contains(word, StringComparison.OrdinalIgnoreCase));
}
