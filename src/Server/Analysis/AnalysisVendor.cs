using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Analysis;

/// <summary>A cloud's wire format for analysis: it renders a call and reads an answer. Sending is done once for all of them (<see cref="AskVendor"/>).</summary>
public abstract class AnalysisVendor : VendorApi
{
    public abstract bool Does(AnalysisTask task);

    /// <summary>Null when all is configured; otherwise one sentence that names the settings.</summary>
    public abstract string? Missing(VendorAccess access);

    public abstract VendorCall Call(VendorAccess access, AnalysisRequest request);

    /// <summary>Of a 2xx answer.</summary>
    /// <returns>The result as it goes out, or what the vendor refuses inside of such an answer; null when it makes no sense.</returns>
    public abstract VendorResult? Read(AnalysisRequest request, VendorAnswer answer);
}

/// <param name="Result">In the shape that this vendor has at this face.</param>
/// <param name="Refused">Instead of it: the vendor's words about what was sent.</param>
public sealed record VendorResult(object? Result, string? Refused = null);
