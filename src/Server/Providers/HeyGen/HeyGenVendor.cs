using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.HeyGen;

/// <summary>
/// HeyGen, version 3. Everything that is created carries our id as its <c>Idempotency-Key</c>, which HeyGen answers for 24 hours with what it answered
/// first. Facts: its OpenAPI document of July 2026, and its reference pages for the key.
/// </summary>
public sealed class HeyGenVendor : Vendor
{
    public override string Name => "heygen";

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? "https://api.heygen.com";

    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        request.Headers.TryAddWithoutValidation("x-api-key", session.Access.ApiKey!.Reveal());
        return ValueTask.CompletedTask;
    }

    public override VendorCall Submit(VendorJob job) => HeyGenAssets.None.Missing(job) is { } file ? HeyGenAssets.Upload(job, file) : HeyGenJob.Create(job, HeyGenAssets.None);

    public override VendorReply Submitted(VendorJob job, VendorAnswer answer) =>
        HeyGenAssets.None.Missing(job) is { } file ? HeyGenAssets.None.Uploaded(job, file, answer) : HeyGenJob.Taken(job, answer);

    public override VendorCall Ask(VendorJob job, string upstreamId) => VendorCall.Get(HeyGenRun.Read(upstreamId).Path);

    public override VendorReply Asked(VendorJob job, string upstreamId, VendorAnswer answer) => HeyGenRun.Asked(upstreamId, answer);

    // Only agents can be stopped; a video can be deleted, which ends nothing.
    public override VendorCall? Cancel(VendorJob job, string upstreamId) =>
        HeyGenRun.Read(upstreamId).Session is { } session ? VendorCall.Post($"{HeyGenRun.Agents}{session}/stop") : null;

    public override VendorReply.Failed Fault(VendorAnswer answer) => HeyGenFailures.Of(answer);

    public override bool BeingTaken(VendorAnswer answer) => answer.At("error", "code").Text() == "request_in_progress";

    public override VendorCallback? Called(VendorAccess access, IReadOnlyDictionary<string, string> headers, byte[] body, DateTimeOffset now)
    {
        using var json = JsonDocument.Parse(body);
        // Calls to an address that came with the job are not signed; those to a registered endpoint are, and then rightly or not at all.
        return new(HeyGenSignature.Of(headers) is not { } signature || access.WebhookSecret is not { Empty: false } secret || signature.Fits(secret, body, now));
    }

    public override VendorCall Probe(VendorAccess access) => VendorCall.Get("/v3/users/me");

    public override VendorCall? ListChoices(string param) => HeyGenChoices.List(param);

    public override IReadOnlyList<VendorChoice> Choices(string param, VendorAnswer answer) => HeyGenChoices.Read(param, answer);
}
