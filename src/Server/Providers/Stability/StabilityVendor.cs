using System.Net.Http.Headers;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Stability;

/// <summary>
/// Stability AI. Every job is a form, also where it has no file (<see cref="StabilityForm"/>). Most are answered with the finished work as bytes; the heavy
/// ones with an id, under which the work lies for 24 hours. Nothing that fails is billed. Facts: its v2beta OpenAPI document, and notes of autumn 2026 for
/// Stable Audio 3.
/// </summary>
public sealed class StabilityVendor : Vendor
{
    private const string Sounds = "/v2beta/audio/";

    /// <summary>Who asks more often is shut out for a minute.</summary>
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(10), Penalty = TimeSpan.FromSeconds(60);

    public override string Name => "stability";

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? "https://api.stability.ai";

    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Access.ApiKey!.Reveal());
        return ValueTask.CompletedTask;
    }

    public override VendorCall Submit(VendorJob job) => VendorCall.Create(StabilityForm.Path(job), StabilityForm.Of(job)).With("Accept", IsSound(job.Path) ? "audio/*" : "image/*");

    public override VendorReply Submitted(VendorJob job, VendorAnswer answer)
    {
        if (Work(answer) is { } work) return work;
        return answer.At("id").Text() is { } id ? new VendorReply.Taken((IsSound(job.Path) ? Sounds : "/v2beta/") + "results/" + Uri.EscapeDataString(id), Poll)
            : new VendorReply.Unknown("Stability answered with neither a work nor an id.");
    }

    public override VendorCall Ask(VendorJob job, string upstreamId) =>
        VendorCall.Get(upstreamId).With("Accept", !IsSound(upstreamId) ? "image/*" : job.Text("outputFormat") == "wav" ? "audio/wav" : "audio/mpeg");

    public override VendorReply Asked(VendorJob job, string upstreamId, VendorAnswer answer) => Work(answer) ?? new VendorReply.Working(Poll);

    public override VendorReply.Failed Fault(VendorAnswer answer)
    {
        var said = string.Join("; ", answer.At("errors").Items().Select(error => error.Text()).OfType<string>());
        var fault = answer.At("name").Text() == "content_moderation" ? ProviderFault.ContentPolicy : Usual(answer.Status);
        var failed = Failed(fault, said.Length > 0 ? said : answer.At("name").Text() ?? answer.Text);
        return fault == ProviderFault.RateLimited && answer.Header("Retry-After") is null ? failed with { RetryAfter = Penalty } : failed;
    }

    public override VendorCall Probe(VendorAccess access) => VendorCall.Get("/v1/user/balance");

    private static bool IsSound(string path) => path.StartsWith(Sounds, StringComparison.Ordinal);

    /// <summary>What was made, as bytes or as base64; null when there is nothing yet. A work that was filtered comes blurred, with a word that says so.</summary>
    private static VendorReply? Work(VendorAnswer answer)
    {
        if ((answer.Header("finish-reason") ?? answer.At("finish_reason").Text()) == "CONTENT_FILTERED") return VendorReply.Refused("What was made was held back by the content filter.");
        var text = answer.At("image").Text() ?? answer.At("audio").Text() ?? answer.At("result").Text();
        var work = answer.Media is { } file ? VendorOutput.Saved(file) : text is not null ? VendorOutput.Of(text) : null;
        return work is null ? null : new VendorReply.Made([work with { Seed = long.TryParse(answer.Header("seed"), out var seed) && seed >= 0 ? seed : answer.At("seed").Whole() }]);
    }
}
