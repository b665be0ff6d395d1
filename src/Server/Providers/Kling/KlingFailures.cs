using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Kling;

/// <summary>Why a task failed after it was taken. Kling tells it in words alone.</summary>
internal static class KlingFailures
{
    private static readonly string[] Policy = ["risk control", "sensitive", "safety", "policy", "violat", "moderation"];

    public static VendorReply Of(string? message) => new VendorReply.Failed(
        message is not null && Policy.Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase)) ? ProviderFault.ContentPolicy : ProviderFault.Internal, message ?? "Kling gave no reason.");
}
