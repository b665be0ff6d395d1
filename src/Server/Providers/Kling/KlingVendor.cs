using System.Net.Http.Headers;
using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Kling;

/// <summary>
/// Kling. Video has new routes with the model in the path (<see cref="KlingVideo"/>), which take an API key alone; stills, sound, avatars, effects and lip
/// sync live below <c>/v1</c> (<see cref="KlingV1"/>), which takes a pair of keys as well. With a pair alone, video goes the old way too. Facts: Kling's API
/// reference as of 2026-09-20.
/// </summary>
public sealed class KlingVendor : Vendor
{
    public static readonly TimeSpan Poll = TimeSpan.FromSeconds(5);

    public override string Name => "kling";

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? "https://api-singapore.klingai.com";

    public override string? Missing(VendorAccess access, string upstreamModel)
    {
        if (HasKey(access)) return null;
        if (access is not { AccessKey.Length: > 0, SecretKey.Empty: false }) return "Set Providers:kling:ApiKey, or AccessKey and SecretKey.";
        return upstreamModel == "kling-3.0-turbo" ? "This model takes an API key alone: set Providers:kling:ApiKey." : null;
    }

    public override int OutputsAtOnce(string upstreamModel, string type) => KlingV1.StillsAtOnce(upstreamModel);

    public override bool NeedsLinks(string upstreamModel, string type) => type is "video2video" or "motion_transfer" || (type == "animation" && upstreamModel.StartsWith("kling-", StringComparison.Ordinal)) || upstreamModel == "video-to-audio";

    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        var token = HasKey(session.Access) ? session.Access.ApiKey!.Reveal() : KlingToken.Make(session.Access.AccessKey!, session.Access.SecretKey!, session.Time.GetUtcNow());
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return ValueTask.CompletedTask;
    }

    public override VendorCall Submit(VendorJob job) => KlingVideo.Knows(job.Path) && HasKey(job.Access) ? KlingVideo.Submit(job) : KlingV1.Submit(job);

    public override VendorReply Submitted(VendorJob job, VendorAnswer answer)
    {
        if (Refusal(answer) is { } refused) return refused;
        return KlingVideo.Knows(job.Path) && HasKey(job.Access) ? KlingVideo.Submitted(answer) : KlingV1.Submitted(job, answer);
    }

    public override VendorCall Ask(VendorJob job, string upstreamId) => IsOld(upstreamId) ? KlingV1.Ask(job, upstreamId) : VendorCall.Get($"/tasks?task_ids={Uri.EscapeDataString(upstreamId)}");

    public override VendorReply Asked(VendorJob job, string upstreamId, VendorAnswer answer)
    {
        if (Refusal(answer) is { } refused) return refused;
        return IsOld(upstreamId) ? KlingV1.Asked(answer) : KlingVideo.Asked(upstreamId, answer);
    }

    public override VendorCall? Find(VendorJob job) =>
        KlingVideo.Knows(job.Path) && HasKey(job.Access) ? VendorCall.Get($"/tasks?external_task_ids={job.Id}") : null;

    public override string? Found(VendorJob job, VendorAnswer answer) =>
        answer.At("data").Items().FirstOrDefault(task => task.At("external_id").Text() == job.Id.ToString()).At("id").Text();

    public override VendorReply.Failed Fault(VendorAnswer answer) => Refusal(answer) ?? Failed(Usual(answer.Status), answer.Text);

    public override VendorCallback? Called(VendorAccess access, IReadOnlyDictionary<string, string> headers, byte[] body, DateTimeOffset now)
    {
        if (access.WebhookSecret is { Empty: false } secret && !StandardWebhook.Verify(secret, headers, body, now)) return new(false);
        using var json = JsonDocument.Parse(body);
        return new(true, json.RootElement.At("id").Text() ?? (json.RootElement.At("task_id").Text() is { } old ? KlingV1.Mark + old : null));
    }

    public override VendorCall Probe(VendorAccess access) => VendorCall.Get("/account/costs?start_time=0&end_time=1");

    private static bool IsOld(string upstreamId) => upstreamId.StartsWith(KlingV1.Mark, StringComparison.Ordinal);

    private static bool HasKey(VendorAccess access) => access.ApiKey is { Empty: false };

    /// <summary>Kling says what is wrong by a code of its own, also in answers of status 200.</summary>
    private VendorReply.Failed? Refusal(VendorAnswer answer)
    {
        if (answer.At("code").Whole() is not { } code || code == 0) return null;
        var fault = code switch
        {
            1300 or 1301 => ProviderFault.ContentPolicy,
            1200 or 1201 or 1202 or 1203 => ProviderFault.InvalidInput,
            1302 or 1303 => ProviderFault.RateLimited,
            5000 => ProviderFault.Internal,
            5001 => ProviderFault.Unavailable,
            5002 => ProviderFault.TimedOut,
            // Credentials, arrears, used-up packages, rights, addresses: matters of our account there.
            >= 1000 and < 1200 or 1304 => ProviderFault.InsufficientQuota,
            _ => Usual(answer.Status),
        };
        return Failed(fault, answer.At("message").Text());
    }
}
