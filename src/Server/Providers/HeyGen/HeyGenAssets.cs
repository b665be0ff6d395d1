using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.HeyGen;

/// <summary>
/// Files that a job names. HeyGen fetches what it can reach; of the rest it takes pictures in the job itself, and sound and video uploaded before:
/// <c>POST /v3/assets</c>, 32 MB at most. An upload costs nothing, and carries a key, too, so that a job that is sent again names the same asset.
/// </summary>
internal sealed class HeyGenAssets(IReadOnlyDictionary<string, string> ids)
{
    public static readonly HeyGenAssets None = new(new Dictionary<string, string>());

    /// <summary>The next file that must be uploaded; null when all are there.</summary>
    public MediaInput? Missing(VendorJob job) => new[] { job.Video, job.Audio }.OfType<MediaInput>().FirstOrDefault(file => file.Link is null && !ids.ContainsKey(file.Path));

    public static VendorCall Upload(VendorJob job, MediaInput file) =>
        (new VendorCall(HttpMethod.Post, "/v3/assets") { Form = [VendorPart.Of("file", file)], Recognised = true }).With("Idempotency-Key", $"{job.Id}:{file.FileName}");

    public VendorReply Uploaded(VendorJob job, MediaInput file, VendorAnswer answer)
    {
        if (answer.At("data", "asset_id").Text() is not { } id) return new VendorReply.Failed(ProviderFault.Internal, "HeyGen took a file and did not say its id.");
        var known = new HeyGenAssets(new Dictionary<string, string>(ids) { [file.Path] = id });
        return known.Missing(job) is { } next ? new VendorReply.Next(Upload(job, next), more => known.Uploaded(job, next, more))
            : new VendorReply.Next(HeyGenJob.Create(job, known), created => HeyGenJob.Taken(job, created));
    }

    /// <summary>Null where an address or the file itself will do.</summary>
    public string? IdOf(MediaInput file) => ids.GetValueOrDefault(file.Path);

    public JsonObject Name(MediaInput file) => file.Link is { } link ? new() { ["type"] = "url", ["url"] = link.AbsoluteUri }
        : IdOf(file) is { } id ? new() { ["type"] = "asset_id", ["asset_id"] = id }
        : new() { ["type"] = "base64", ["media_type"] = file.ContentType, ["data"] = file.Base64() };
}
