using Rpd.Server.Providers;
using Rpd.Server.Providers.Vendors;
using Rpd.Shared;

namespace Rpd.Server.Analysis;

/// <summary>A cloud as somebody to ask. Whatever goes wrong there is a refusal; what only the operator should know stays in the log.</summary>
public sealed class AskVendor(AnalysisVendor vendor, AnalysisAccess access, VendorHttp http) : IAnalyst
{
    private readonly VendorAccess reach = access.Vendor;

    public string Name => vendor.Name;

    public bool Does(AnalysisTask task) => vendor.Does(task);

    public string? Missing(AnalysisTask task) => vendor.Missing(reach);

    public async Task<Outcome<object>> Run(AnalysisRequest request, CancellationToken cancel)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(TimeSpan.FromSeconds(access.TimeoutSeconds));
        try
        {
            var (answer, instead) = await http.Send(vendor, reach, vendor.Call(reach, request), Path.GetTempPath(), limit.Token);
            if (answer is null) return instead is VendorReply.Failed { Fault: ProviderFault.InvalidInput or ProviderFault.ContentPolicy } refused ? Refuses(request, refused.Message) : Down();
            return vendor.Read(request, answer) switch
            {
                { Refused: { } words } => Refuses(request, words),
                { Result: { } result } => new Outcome<object>(result, null),
                _ => Down(),
            };
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return Down();
        }
    }

    private Refusal Refuses(AnalysisRequest request, string words) => Refusal.Invalid(request.Picture is null ? "text" : "file", $"{Name} refuses it: {words}");

    private Refusal Down() => new("PROVIDER_UNAVAILABLE", 503, $"{Name} does not answer as it should. Nothing was charged; try again later, or name another provider.");
}
