using System.Collections.Concurrent;

namespace Rpd.Server.Providers.Vendors;

/// <summary>What vendors list themselves: their voices, their avatars. The operator's lists are remembered for some minutes.</summary>
public sealed class VendorChoices(VendorHttp http, VendorList vendors, TimeProvider time)
{
    private static readonly TimeSpan Life = TimeSpan.FromMinutes(10);

    private readonly ConcurrentDictionary<(string Vendor, string Param), (DateTimeOffset At, IReadOnlyList<VendorChoice> Choices)> known = new();

    /// <param name="access">Whose account there; the operator's without.</param>
    /// <returns>Neither when the vendor has no such list; otherwise the list, or why it is not to be had.</returns>
    public async Task<(IReadOnlyList<VendorChoice>? Choices, string? Trouble)> Of(string provider, string param, VendorAccess? access, CancellationToken cancel)
    {
        if (vendors.Find(provider) is not { } vendor || vendor.ListChoices(param) is not { } call) return default;
        if (access is null && Remembered(provider, param) is { } fresh) return (fresh, null);
        var (answer, instead) = await http.Send(vendor, access ?? vendors.Access(provider), call, Path.GetTempPath(), cancel);
        if (answer is null) return (null, instead is VendorReply.Failed failed ? failed.Message : "It does not answer.");
        var choices = vendor.Choices(param, answer);
        if (access is null) known[(provider, param)] = (time.GetUtcNow(), choices);
        return (choices, null);
    }

    /// <summary>The operator's list, if it has been asked for lately.</summary>
    public IReadOnlyList<VendorChoice>? Remembered(string provider, string param) =>
        known.GetValueOrDefault((provider, param)) is { Choices: { } choices, At: var at } && time.GetUtcNow() - at < Life ? choices : null;
}
