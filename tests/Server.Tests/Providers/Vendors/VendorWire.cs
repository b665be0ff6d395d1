using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>An adapter by itself: what it says for a job, and how it reads an answer.</summary>
internal static class VendorWire
{
    /// <summary>With a picture, a video and a sound that have addresses, whatever the type needs.</summary>
    public static VendorJob Job(string path, string type, string model, string parameters = "{}", string prompt = "A lighthouse", string? negative = null, VendorAccess? access = null)
    {
        var values = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(parameters)!;
        return new(Guid.NewGuid(), new(Guid.NewGuid(), type, model, prompt, negative, values, 1, Path.GetTempPath()), model, path, 1, null)
        {
            Access = access ?? new(),
            Image = type.StartsWith("text2", StringComparison.Ordinal) ? null : Media("a.png", "image/png"),
            Video = Media("a.mp4", "video/mp4"),
            Audio = Media("a.mp3", "audio/mpeg"),
        };
    }

    public static MediaInput Media(string name, string contentType) => new($"/nowhere/{name}", contentType, new($"https://files.test/{name}"), 4);

    public static VendorAnswer Answer(string body, int status = 200)
    {
        try
        {
            return new(status, _ => null, body, JsonDocument.Parse(body).RootElement);
        }
        catch (JsonException)
        {
            return new(status, _ => null, body, null);
        }
    }

    /// <summary>The body says this and nothing else, in whatever order.</summary>
    public static void Same(string wanted, VendorCall call) => Assert.True(JsonNode.DeepEquals(JsonNode.Parse(wanted), JsonNode.Parse(call.Json!.ToJsonString())), call.Json!.ToJsonString());
}
