using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Google;

/// <summary>Veo on Vertex AI: a model's <c>:predictLongRunning</c> answers with the name of an operation, <c>:fetchPredictOperation</c> tells how it stands.</summary>
internal static class Veo
{
    public const string Start = ":predictLongRunning";
    private const string Look = ":fetchPredictOperation";
    private static readonly TimeSpan First = TimeSpan.FromSeconds(20), Poll = TimeSpan.FromSeconds(10);

    public static VendorCall Submit(VendorJob job) => VendorCall.Create(GoogleAddresses.InCloud(job.Access, job.Path), new JsonObject
    {
        ["instances"] = new JsonArray(Instance(job)),
        ["parameters"] = Parameters(job),
    });

    public static VendorReply Submitted(VendorAnswer answer) => answer.At("name").Text() is { } operation
        ? new VendorReply.Taken(operation, First) : new VendorReply.Unknown("Google accepted the video and did not name its operation.");

    public static VendorCall Ask(VendorJob job, string operation) =>
        VendorCall.Post(GoogleAddresses.InCloud(job.Access, job.Path.Replace(Start, Look, StringComparison.Ordinal)), new JsonObject { ["operationName"] = operation });

    public static VendorReply Asked(VendorJob job, VendorAnswer answer)
    {
        if (answer.At("done").ValueKind != JsonValueKind.True) return new VendorReply.Working(Poll);
        if (answer.At("error").ValueKind == JsonValueKind.Object) return GoogleFaults.Of(answer.At("error"));
        var response = answer.At("response");
        var outputs = response.At("videos").Items().Select(video => Output(job, video)).OfType<VendorOutput>().ToArray();
        if (outputs.Length > 0) return new VendorReply.Made(outputs);
        return response.At("raiMediaFilteredCount").Whole() > 0 ? VendorReply.Refused(Reasons(response)) : new VendorReply.Unknown("Google finished the video and named no output.");
    }

    private static VendorOutput? Output(VendorJob job, JsonElement video) =>
        video.At("bytesBase64Encoded").Text() is { } bytes ? VendorOutput.Of(bytes)
        : GoogleAddresses.InBucket(job.Access, video.At("gcsUri").Text()) is { } call ? VendorOutput.By(call) : null;

    private static string Reasons(JsonElement response) =>
        string.Join(" ", response.At("raiMediaFilteredReasons").Items().Select(reason => reason.Text()).OfType<string>()) is { Length: > 0 } reasons ? reasons : "Google's filters held all outputs back.";

    private static JsonObject Instance(VendorJob job) => new JsonObject { ["prompt"] = job.Words(negative: !HasNegative(job)) }
        .Put("image", Media(job.Image)).Put("lastFrame", Media(job.More.GetValueOrDefault("lastFrame"))).Put("video", Media(job.Video));

    private static JsonObject Parameters(VendorJob job)
    {
        // Sound is sold as an extra.
        var parameters = new JsonObject { ["sampleCount"] = job.Count, ["generateAudio"] = job.Flag("audio") ?? false }
            .Put("negativePrompt", HasNegative(job) ? job.Request.NegativePrompt : null)
            // As large as 32 bits hold: the same larger number always becomes the same smaller one.
            .Put("seed", job.Whole("seed") is { } seed ? (uint)(seed & uint.MaxValue) : null);
        // A clip is extended by seven seconds in its own shape.
        return job.Video is not null ? parameters : parameters.Put("durationSeconds", job.Whole("duration")).Put("aspectRatio", job.Text("aspectRatio")).Put("resolution", job.Text("resolution"));
    }

    private static bool HasNegative(VendorJob job) => job.Facts.ContainsKey("negativePrompt");

    private static JsonObject? Media(MediaInput? media) => media is null ? null : new() { ["bytesBase64Encoded"] = media.Base64(), ["mimeType"] = media.ContentType };
}
