using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.OpenAi;

/// <summary><c>/v1/audio/speech</c> answers with the sound itself.</summary>
internal static class OpenAiSpeech
{
    private const string UsualVoice = "alloy";

    public static VendorCall Submit(VendorJob job) => VendorCall.Create(job.Path, new JsonObject
    {
        ["model"] = job.UpstreamModel,
        ["input"] = job.Prompt,
        ["voice"] = job.Text("voice") ?? UsualVoice,
        ["response_format"] = Format(job.Text("format")),
    }.Put("speed", job.Number("speed")).Put("instructions", job.Text("instructions")));

    public static VendorReply Submitted(VendorAnswer answer) => answer.Media is { } sound
        ? new VendorReply.Made([VendorOutput.Saved(sound)]) : new VendorReply.Unknown("OpenAI answered without a sound.");

    /// <summary>Bare samples do not say what they are: the same ones come as WAV.</summary>
    private static string Format(string? wanted) => wanted switch { null => "mp3", "pcm" => "wav", _ => wanted };
}
