using System.Net.Http.Headers;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Google;

/// <summary>
/// Google, at two places with two kinds of credentials: Veo on Vertex AI takes a service account (<see cref="Veo"/>); stills (<see cref="GeminiStills"/>) and
/// Omni (<see cref="GeminiOmni"/>) take an API key of the Gemini API. Facts: Google's discovery schemas and official SDKs of August 2026, and recorded
/// exchanges of autumn 2026 for Omni.
/// </summary>
public sealed class GoogleVendor : Vendor
{
    private const int VeoAtOnce = 4;

    public override string Name => "google";

    public override string BaseUrl(VendorAccess access) => GoogleAddresses.Gemini(access);

    public override string? Missing(VendorAccess access, string upstreamModel)
    {
        if (!InCloud(upstreamModel)) return access.ApiKey is { Empty: false } ? null : "Set Providers:google:ApiKey, a key of the Gemini API.";
        return access is { ServiceAccount.Empty: false, Project.Length: > 0 } ? null : "This model runs on Vertex AI: set Providers:google:ServiceAccount and Project, and Location where it is not us-central1.";
    }

    public override int OutputsAtOnce(string upstreamModel, string type) => upstreamModel.StartsWith("veo-", StringComparison.Ordinal) ? VeoAtOnce : 1;

    /// <summary>Each credential goes where it belongs, and nowhere else: addresses that Google gives out are called, too.</summary>
    public override async ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        if (GoogleAddresses.TakesToken(session.Access, request.RequestUri!)) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await GoogleToken.Get(session, cancel));
        else if (GoogleAddresses.TakesKey(session.Access, request.RequestUri!)) request.Headers.TryAddWithoutValidation("x-goog-api-key", session.Access.ApiKey?.Reveal());
    }

    public override VendorCall Submit(VendorJob job) => Kind(job) switch { Way.Veo => Veo.Submit(job), Way.Stills => GeminiStills.Submit(job), _ => GeminiOmni.Submit(job) };

    public override VendorReply Submitted(VendorJob job, VendorAnswer answer) => Kind(job) switch
    {
        Way.Veo => Veo.Submitted(answer),
        Way.Stills => GeminiStills.Submitted(answer),
        _ => GeminiOmni.Submitted(job, answer),
    };

    public override VendorCall Ask(VendorJob job, string upstreamId) => Kind(job) == Way.Veo ? Veo.Ask(job, upstreamId) : GeminiOmni.Ask(job, upstreamId);

    public override VendorReply Asked(VendorJob job, string upstreamId, VendorAnswer answer) => Kind(job) == Way.Veo ? Veo.Asked(job, answer) : GeminiOmni.Asked(job, answer);

    public override VendorCall? Cancel(VendorJob job, string upstreamId) => Kind(job) == Way.Omni ? GeminiOmni.Cancel(job, upstreamId) : null;

    public override VendorReply.Failed Fault(VendorAnswer answer) => GoogleFaults.Read(answer, Usual(answer.Status));

    public override VendorCall Probe(VendorAccess access) => access.ApiKey is { Empty: false } ? VendorCall.Get("/v1beta/models/gemini-3.1-flash-image")
        : VendorCall.Get(GoogleAddresses.InCloud(access, "/v1/publishers/google/models/veo-3.1-generate-001"));

    private static bool InCloud(string upstreamModel) => upstreamModel.StartsWith("veo-", StringComparison.Ordinal) || upstreamModel == "gemini-omni-1.2-flash";

    private static Way Kind(VendorJob job) => job.Path.EndsWith(Veo.Start, StringComparison.Ordinal) ? Way.Veo
        : job.Path.EndsWith(":generateContent", StringComparison.Ordinal) ? Way.Stills : Way.Omni;

    private enum Way { Veo, Stills, Omni }
}
