using Rpd.Server.Providers;

namespace Rpd.Server.Generations.Remote;

/// <summary>How a run ends that no vendor has made.</summary>
internal static class VendorEndings
{
    /// <summary>What is the customer's to know is told; what is wrong between the vendor and us is not.</summary>
    public static Ending Of(ProviderFault fault, string detail, bool ownKey) => fault switch
    {
        ProviderFault.InsufficientQuota when ownKey => Ending.Failed("insufficient_quota", $"The provider refuses your own key: {detail} The credits are back."),
        ProviderFault.InvalidInput => Ending.Failed("invalid_input", detail),
        ProviderFault.ContentPolicy => Ending.Failed("content_policy", $"The provider refused it: {detail}"),
        ProviderFault.TimedOut => Ending.Failed("timed_out_upstream", "The provider did not deliver. The credits are back."),
        ProviderFault.RateLimited => Ending.Failed("rate_limited", "The provider is too busy at the moment. The credits are back."),
        ProviderFault.InsufficientQuota => Ending.Failed("insufficient_quota", "The provider does not take work from this server at the moment. The credits are back."),
        ProviderFault.Unavailable => Ending.Failed("unavailable", "The provider cannot be reached at the moment. The credits are back."),
        _ => Ending.Failed("internal", "The provider failed. The credits are back."),
    };
}
