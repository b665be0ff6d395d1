using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Google;

/// <summary>The Files API, where a clip is left before a model can look at it: announce it, send it to the address that comes back, wait until it is read.</summary>
internal static class GeminiFiles
{
    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(2);

    public static VendorCall Begin(MediaInput file) => VendorCall.Post("/upload/v1beta/files", new JsonObject { ["file"] = new JsonObject { ["display_name"] = file.FileName } })
        .With("X-Goog-Upload-Protocol", "resumable").With("X-Goog-Upload-Command", "start")
        .With("X-Goog-Upload-Header-Content-Length", new FileInfo(file.Path).Length.ToString(CultureInfo.InvariantCulture)).With("X-Goog-Upload-Header-Content-Type", file.ContentType);

    /// <param name="then">With the file's address.</param>
    public static VendorReply Begun(VendorAccess access, MediaInput file, VendorAnswer answer, Func<string, VendorReply> then)
    {
        // A customer's clip goes to Google and to nobody else.
        if (answer.Header("x-goog-upload-url") is not { } address || !Uri.TryCreate(address, UriKind.Absolute, out var place) || !GoogleAddresses.TakesKey(access, place))
            return new VendorReply.Failed(ProviderFault.Internal, "Google did not say where the file goes.");
        var upload = VendorCall.Post(address) with { File = file };
        return new VendorReply.Next(upload.With("X-Goog-Upload-Offset", "0").With("X-Goog-Upload-Command", "upload, finalize"), sent => Left(sent.At("file"), then));
    }

    private static VendorReply Left(JsonElement file, Func<string, VendorReply> then) => (file.At("state").Text(), file.At("uri").Text(), file.At("name").Text()) switch
    {
        ("ACTIVE", { } uri, _) => then(uri),
        ("FAILED", _, _) => new VendorReply.Failed(ProviderFault.InvalidInput, "Google cannot read the video."),
        (_, _, { } name) when name.StartsWith("files/", StringComparison.Ordinal) => new VendorReply.Next(VendorCall.Get($"/v1beta/{name}"), answer => Left(answer.Json ?? default, then)) { After = Reading },
        _ => new VendorReply.Failed(ProviderFault.Internal, "Google did not take the file."),
    };
}
