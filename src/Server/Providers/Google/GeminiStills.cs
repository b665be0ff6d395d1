using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Google;

/// <summary>Gemini's picture models: <c>:generateContent</c> answers with the picture in base64.</summary>
internal static class GeminiStills
{
    public static VendorCall Submit(VendorJob job)
    {
        var parts = new JsonArray(new JsonObject { ["text"] = job.Words() });
        if (job.Image is { } image) parts.Add(new JsonObject { ["inlineData"] = new JsonObject { ["mimeType"] = image.ContentType, ["data"] = image.Base64() } });
        return VendorCall.Create(job.Path, new JsonObject
        {
            ["contents"] = new JsonArray(new JsonObject { ["role"] = "user", ["parts"] = parts }),
            ["generationConfig"] = new JsonObject
            {
                ["responseModalities"] = new JsonArray("IMAGE"),
                ["imageConfig"] = new JsonObject { ["imageSize"] = job.Text("resolution") ?? job.Fact("defaultResolution") ?? "1K" }.Put("aspectRatio", job.Text("aspectRatio")),
            },
        });
    }

    public static VendorReply Submitted(VendorAnswer answer)
    {
        if (answer.At("promptFeedback", "blockReason").Text() is { } blocked) return VendorReply.Refused(answer.At("promptFeedback", "blockReasonMessage").Text() ?? $"The prompt was blocked: {blocked}.");
        var candidate = answer.At("candidates").Items().FirstOrDefault();
        // What it sketches while it thinks is not what was asked for.
        var outputs = candidate.At("content", "parts").Items().Where(part => part.At("thought").ValueKind != JsonValueKind.True)
            .Select(part => part.At("inlineData", "data").Text()).OfType<string>().Select(VendorOutput.Of).ToArray();
        if (outputs.Length > 0) return new VendorReply.Made(outputs);
        return candidate.At("finishReason").Text() switch
        {
            null => new VendorReply.Unknown("Google answered without a picture."),
            "STOP" or "MAX_TOKENS" or "NO_IMAGE" or "IMAGE_OTHER" or "OTHER" => new VendorReply.Failed(ProviderFault.Internal, "Gemini made no picture."),
            var reason => VendorReply.Refused(candidate.At("finishMessage").Text() ?? $"The picture was blocked: {reason}."),
        };
    }
}
