using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Replicate;

/// <summary>
/// Replicate. Its official models have a route of their own, all others are run by the version of the model; where the catalogue names none, the model is
/// asked for its latest first. A prediction says its state and its outputs in one. Facts: Replicate's OpenAPI.
/// </summary>
public sealed class ReplicateVendor : Vendor
{
    private const string ByVersion = "/predictions";
    private static readonly string[] Policy = ["nsfw", "flagged as sensitive", "(e005)", "content policy", "safety checker", "moderation"];
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(2);

    public override string Name => "replicate";

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? "https://api.replicate.com/v1";

    public override int OutputsAtOnce(string upstreamModel, string type) => ReplicateInput.OutputsAtOnce(upstreamModel);

    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", session.Access.ApiKey!.Reveal());
        return ValueTask.CompletedTask;
    }

    public override VendorCall Submit(VendorJob job) => AsksVersion(job) ? VendorCall.Get($"/models/{job.UpstreamModel}") : Create(job, Version(job));

    public override VendorReply Submitted(VendorJob job, VendorAnswer answer)
    {
        if (!AsksVersion(job)) return Taken(answer);
        return answer.At("latest_version", "id").Text() is { } version
            ? new VendorReply.Next(Create(job, version), Taken) : Failed(ProviderFault.Internal, $"Replicate names no version of {job.UpstreamModel}.");
    }

    public override VendorCall Ask(VendorJob job, string upstreamId) => VendorCall.Get($"{ByVersion}/{Uri.EscapeDataString(upstreamId)}");

    public override VendorReply Asked(VendorJob job, string upstreamId, VendorAnswer answer) => answer.At("status").Text() switch
    {
        "succeeded" => Made(answer.At("output")),
        "failed" or "aborted" => Broken(answer.At("error").Text()),
        "canceled" => Failed(ProviderFault.TimedOut, "The prediction was cancelled at Replicate."),
        _ => new VendorReply.Working(Poll),
    };

    public override bool Cancels => true;

    public override VendorCall? Cancel(VendorJob job, string upstreamId) => VendorCall.Post($"{ByVersion}/{Uri.EscapeDataString(upstreamId)}/cancel");

    public override VendorReply.Failed Fault(VendorAnswer answer)
    {
        var message = answer.At("detail").Text() ?? answer.At("title").Text() ?? answer.Text;
        var pause = answer.At("retry_after").Number(3600) is { } seconds ? TimeSpan.FromSeconds(seconds) : (TimeSpan?)null;
        return Failed(answer.Status is 400 or 422 && Refused(message) ? ProviderFault.ContentPolicy : Usual(answer.Status), message) with { RetryAfter = pause };
    }

    public override VendorCallback? Called(VendorAccess access, IReadOnlyDictionary<string, string> headers, byte[] body, DateTimeOffset now)
    {
        if (access.WebhookSecret is { Empty: false } secret && !StandardWebhook.Verify(secret, headers, body, now)) return new(false);
        using var json = JsonDocument.Parse(body);
        return json.RootElement.At("id").Text() is { } id ? new(true, id) : null;
    }

    public override VendorCall Probe(VendorAccess access) => VendorCall.Get("/account");

    private static VendorCall Create(VendorJob job, string? version)
    {
        var body = new JsonObject().Put("version", version).Put("input", ReplicateInput.Of(job));
        if (job.Callback is { } callback) body.Put("webhook", callback.AbsoluteUri).Put("webhook_events_filter", new JsonArray("completed"));
        return VendorCall.Create(Path(job), body);
    }

    private static string Path(VendorJob job) => job.Path.Length > 0 ? job.Path : job.UpstreamModel.Contains(':', StringComparison.Ordinal) ? ByVersion : $"/models/{job.UpstreamModel}/predictions";

    /// <summary>What stands behind the colon; null for a model that is called by its name.</summary>
    private static string? Version(VendorJob job) => Path(job) == ByVersion ? job.UpstreamModel[(job.UpstreamModel.IndexOf(':', StringComparison.Ordinal) + 1)..] : null;

    private static bool AsksVersion(VendorJob job) => Path(job) == ByVersion && !job.UpstreamModel.Contains(':', StringComparison.Ordinal);

    private static VendorReply Taken(VendorAnswer answer) => answer.At("id").Text() is { } id
        ? new VendorReply.Taken(id, Poll) : new VendorReply.Unknown("Replicate accepted the prediction and did not say its id.");

    /// <summary>The models differ in how they say it: one address, a list of them, or an object that has some.</summary>
    private static VendorReply Made(JsonElement output)
    {
        var outputs = Addresses(output).Select(VendorOutput.At).OfType<VendorOutput>().ToArray();
        return outputs.Length > 0 ? new VendorReply.Made(outputs) : new VendorReply.Unknown("Replicate finished the prediction and named no output.");
    }

    private static IEnumerable<string?> Addresses(JsonElement output) => output.ValueKind switch
    {
        JsonValueKind.String => [output.Text()],
        JsonValueKind.Array => output.EnumerateArray().SelectMany(Addresses),
        JsonValueKind.Object => output.EnumerateObject().SelectMany(member => Addresses(member.Value)),
        _ => [],
    };

    private VendorReply Broken(string? error) => Failed(error is not null && Refused(error) ? ProviderFault.ContentPolicy : ProviderFault.Internal, error);

    private static bool Refused(string message) => Policy.Any(word => message.Contains(word, StringComparison.OrdinalIgnoreCase));
}
