using System.Net.Http.Headers;
using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Fal;

/// <summary>
/// fal: one queue for many models. The path names the endpoint, the body is the model's own input (<see cref="FalInput"/>), and a run is asked about below the
/// endpoint's first two segments. That a run is over says nothing about how: its result is the work or the refusal. Facts: fal's client and its typed
/// endpoints as of 2026-08-02, its pages about errors.
/// </summary>
public sealed class FalVendor : Vendor
{
    private const string Queue = "https://queue.fal.run", Prices = "/v1/models/pricing?endpoint_id=fal-ai%2Fz-image%2Fturbo";

    /// <summary>What is made is fetched at once; fal need not keep it longer than a day.</summary>
    private const string Keep = """{"expiration_duration_seconds":86400}""";

    private static readonly string[] Namespaces = ["workflows", "comfy"];
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(3);

    public override string Name => "fal";

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? Queue;

    public override int OutputsAtOnce(string upstreamModel, string type) => FalInput.OutputsAtOnce(upstreamModel);

    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Key", session.Access.ApiKey!.Reveal());
        return ValueTask.CompletedTask;
    }

    public override VendorCall Submit(VendorJob job)
    {
        var back = job.Callback is { } callback ? $"?fal_webhook={Uri.EscapeDataString(callback.AbsoluteUri)}" : "";
        return VendorCall.Create($"/{Endpoint(job)}{back}", FalInput.Of(Endpoint(job), job)).With("X-Fal-Object-Lifecycle-Preference", Keep);
    }

    public override VendorReply Submitted(VendorJob job, VendorAnswer answer) => answer.At("request_id").Text() is { } id
        ? new VendorReply.Taken(id, Poll) : new VendorReply.Unknown("fal accepted the request and did not say its id.");

    public override VendorCall Ask(VendorJob job, string upstreamId) => VendorCall.Get($"{Run(job, upstreamId)}/status");

    public override VendorReply Asked(VendorJob job, string upstreamId, VendorAnswer answer) => answer.At("status").Text() == "COMPLETED"
        ? new VendorReply.Next(VendorCall.Get(Run(job, upstreamId)), Made) : new VendorReply.Working(Poll);

    public override bool Cancels => true;

    public override VendorCall? Cancel(VendorJob job, string upstreamId) => new(HttpMethod.Put, $"{Run(job, upstreamId)}/cancel");

    public override VendorReply.Failed Fault(VendorAnswer answer) => FalFaults.Of(answer) is var (fault, message) ? Failed(fault, message) : Failed(Usual(answer.Status), answer.Text);

    /// <summary>
    /// fal signs with Ed25519, which the platform's own library cannot check. So its call is a hint like an unsigned one: the address that it came to is known
    /// to fal alone, and the run is asked about before anything is believed.
    /// </summary>
    public override VendorCallback? Called(VendorAccess access, IReadOnlyDictionary<string, string> headers, byte[] body, DateTimeOffset now)
    {
        using var json = JsonDocument.Parse(body);
        return json.RootElement.At("request_id").Text() is { } id ? new(true, id) : null;
    }

    // Prices stand at another host than the queue.
    public override VendorCall Probe(VendorAccess access) => VendorCall.Get(access.BaseUrl is null ? "https://api.fal.ai" + Prices : Prices);

    private static string Endpoint(VendorJob job) => job.Path.Length > 0 ? job.Path.TrimStart('/') : job.UpstreamModel;

    private static string Run(VendorJob job, string upstreamId)
    {
        var parts = Endpoint(job).Split('/');
        return $"/{string.Join('/', parts.Take(Namespaces.Contains(parts[0]) ? 3 : 2))}/requests/{Uri.EscapeDataString(upstreamId)}";
    }

    private VendorReply Made(VendorAnswer answer)
    {
        var unsafeOnes = answer.At("has_nsfw_concepts").Items().Select(one => one.ValueKind == JsonValueKind.True).ToArray();
        var files = new[] { "video", "videos", "images", "image", "audio", "audio_file", "audios" }.SelectMany(name => Files(answer.At(name))).ToArray();
        // What its checker finds unsafe fal paints black.
        var shown = files.Where((_, index) => !unsafeOnes.ElementAtOrDefault(index)).ToArray();
        if (files.Length > 0 && shown.Length == 0) return VendorReply.Refused("fal's checker found the result unsafe.");
        var outputs = shown.Select(file => VendorOutput.At(file.At("url").Text())).OfType<VendorOutput>().Select(output => output with { Seed = answer.At("seed").Whole() }).ToArray();
        return outputs.Length > 0 ? new VendorReply.Made(outputs) : new VendorReply.Unknown("fal finished the request and named no output.");
    }

    private static IEnumerable<JsonElement> Files(JsonElement value) => value.ValueKind == JsonValueKind.Object ? [value] : value.Items();
}
