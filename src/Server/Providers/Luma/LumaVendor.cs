using System.Net.Http.Headers;
using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Luma;

/// <summary>
/// Luma has two interfaces with hosts and keys of their own: the Agents API (<see cref="LumaAgents"/>, <c>ApiKey</c>) and the older Dream Machine API
/// (<see cref="LumaDream"/>, <c>SecretKey</c>). A configured base is the host of both; their paths differ. Facts: notes on the Agents API of July 2026,
/// Luma's SDK for Dream Machine.
/// </summary>
public sealed class LumaVendor : Vendor
{
    private static readonly string[] Policy = ["moderat", "safety", "policy", "nsfw", "not allowed"];

    public override string Name => "luma";

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? LumaAgents.Host;

    public override string? Missing(VendorAccess access, string upstreamModel) => LumaDream.Makes(upstreamModel)
        ? access.SecretKey is { Empty: false } ? null : "Set Providers:luma:SecretKey: the Dream Machine API takes keys of its own."
        : base.Missing(access, upstreamModel);

    /// <summary>Dream Machine takes addresses alone.</summary>
    public override bool NeedsLinks(string upstreamModel, string type) => LumaDream.Makes(upstreamModel) && type is "image2video" or "image2image";

    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        var key = request.RequestUri!.AbsolutePath.Contains(LumaDream.Root, StringComparison.Ordinal) ? session.Access.SecretKey : session.Access.ApiKey;
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key!.Reveal());
        return ValueTask.CompletedTask;
    }

    public override VendorCall Submit(VendorJob job) => LumaDream.Makes(job.UpstreamModel)
        ? VendorCall.Create(LumaDream.Address(job.Access, job.Path), LumaDream.Body(job)) : VendorCall.Create(job.Path, LumaAgents.Body(job));

    public override VendorReply Submitted(VendorJob job, VendorAnswer answer) => answer.At("id").Text() is { } id
        ? new VendorReply.Taken(id, Pause(job)) : new VendorReply.Unknown("Luma accepted the generation and did not say its id.");

    public override VendorCall Ask(VendorJob job, string upstreamId) => VendorCall.Get(LumaDream.Makes(job.UpstreamModel)
        ? LumaDream.Address(job.Access, LumaDream.Generation(upstreamId)) : LumaAgents.Generation(upstreamId));

    public override VendorReply Asked(VendorJob job, string upstreamId, VendorAnswer answer)
    {
        switch (answer.At("state").Text())
        {
            case "completed":
                var outputs = (LumaDream.Makes(job.UpstreamModel) ? LumaDream.Outputs(answer) : LumaAgents.Outputs(answer)).Select(output => output with { UpstreamId = upstreamId }).ToArray();
                return outputs.Length > 0 ? new VendorReply.Made(outputs) : new VendorReply.Unknown("Luma finished the generation and named no output.");
            case "failed":
                var reason = answer.At("failure_reason").Text() ?? answer.At("failure_code").Text();
                return Failed(Failure(answer.At("failure_code").Text(), reason), reason);
            default:
                return new VendorReply.Working(Pause(job));
        }
    }

    public override VendorCall? Cancel(VendorJob job, string upstreamId) => LumaDream.Makes(job.UpstreamModel)
        ? new(HttpMethod.Delete, LumaDream.Address(job.Access, LumaDream.Generation(upstreamId))) : null;

    /// <summary><c>{detail}</c>: a sentence, or a list of <c>{loc, msg, type}</c>. An empty balance and a refused prompt are told by words alone.</summary>
    public override VendorReply.Failed Fault(VendorAnswer answer)
    {
        var detail = answer.At("detail");
        var said = detail.Text() ?? detail.Items().Select(one => one.At("msg").Text()).FirstOrDefault(text => text is not null) ?? answer.Text;
        var fault = answer.Status is not (400 or 403 or 422) ? Usual(answer.Status)
            : said.Contains("credits", StringComparison.OrdinalIgnoreCase) ? ProviderFault.InsufficientQuota
            : Refused(said) ? ProviderFault.ContentPolicy : Usual(answer.Status);
        return Failed(fault, said);
    }

    /// <summary>Only Dream Machine calls, unsigned, with the generation as it stands.</summary>
    public override VendorCallback? Called(VendorAccess access, IReadOnlyDictionary<string, string> headers, byte[] body, DateTimeOffset now)
    {
        using var json = JsonDocument.Parse(body);
        return new(true, json.RootElement.At("id").Text());
    }

    public override VendorCall Probe(VendorAccess access) => VendorCall.Get(access.ApiKey is { Empty: false } ? LumaAgents.Latest : LumaDream.Address(access, LumaDream.Credits));

    private static TimeSpan Pause(VendorJob job) => TimeSpan.FromSeconds(job.Type.EndsWith("image", StringComparison.Ordinal) ? 3 : 5);

    private static ProviderFault Failure(string? code, string? reason) => code switch
    {
        "content_moderated" => ProviderFault.ContentPolicy,
        "budget_exhausted" => ProviderFault.InsufficientQuota,
        "rate_limited" => ProviderFault.RateLimited,
        _ => Refused(reason) ? ProviderFault.ContentPolicy : ProviderFault.Internal,
    };

    private static bool Refused(string? reason) => reason is not null && Policy.Any(word => reason.Contains(word, StringComparison.OrdinalIgnoreCase));
}
