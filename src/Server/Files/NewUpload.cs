using Rpd.Server.Http;
using Rpd.Server.Media;
using Rpd.Server.Plans;
using Rpd.Shared;

namespace Rpd.Server.Files;

/// <summary>A wish to upload that is right in every field and within the plan.</summary>
/// <param name="ContentType">In lower case, in the sender's own word for it: the upload must use the same.</param>
/// <param name="SizeBytes">Null: whatever comes, up to <paramref name="BytesMax"/>.</param>
public sealed record NewUpload(string Filename, string ContentType, long? SizeBytes, long BytesMax)
{
    public static Outcome<NewUpload> Read(Fields fields, Plan plan)
    {
        var name = fields.Text("filename", 255, required: true);
        if (name?.Any(char.IsControl) == true) fields.Wrong("filename", "filename may not contain control characters.");
        var type = fields.Text("contentType", 100, required: true)?.Trim().ToLowerInvariant();
        if (!string.IsNullOrEmpty(type) && MediaTypes.Canonical(type) is null)
            fields.Wrong("contentType", $"contentType must be one of: {string.Join(", ", MediaTypes.All)}.");
        var size = fields.Integer("sizeBytes", 1, 1_000_000_000_000);
        if (fields.Refusal is { } wrong) return wrong;
        if (size > plan.UploadBytesMax)
            return new Refusal("PAYLOAD_TOO_LARGE", 413, $"A file may have {plan.UploadBytesMax} bytes on the plan {plan.Name}; this one has {size}.");
        return new NewUpload(name!, type!, size, size ?? plan.UploadBytesMax);
    }
}
