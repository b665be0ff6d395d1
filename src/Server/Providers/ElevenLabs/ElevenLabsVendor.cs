using System.Globalization;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.ElevenLabs;

/// <summary>
/// ElevenLabs: speech, effects and music, each answered with the sound itself, so a call takes as long as the work. Facts: its own clients of July 2026, and
/// its help pages for what it refuses.
/// </summary>
public sealed class ElevenLabsVendor : Vendor
{
    private const string Speech = "/v1/text-to-speech/", Effects = "/v1/sound-generation", Music = "/v1/music";

    /// <summary>What is said of words that go against its terms has no published list of names.</summary>
    private static readonly string[] Policy = ["policy", "moderation", "safety", "bad_prompt", "bad_composition_plan"];

    public override string Name => "elevenlabs";

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? "https://api.elevenlabs.io";

    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        request.Headers.TryAddWithoutValidation("xi-api-key", session.Access.ApiKey!.Reveal());
        return ValueTask.CompletedTask;
    }

    public override VendorCall Submit(VendorJob job)
    {
        var (path, body) = job.Path switch
        {
            Effects => (Effects, Effect(job)),
            Music => (Music, ElevenLabsMusic.Body(job)),
            _ when job.Path.StartsWith(Speech, StringComparison.Ordinal) => (Speech + Uri.EscapeDataString(job.Text("voiceId") ?? ""), Spoken(job)),
            _ => throw new NotSupportedException($"ElevenLabs has no route {job.Path}."),
        };
        return VendorCall.Create(job.Text("outputFormat") is { } format ? $"{path}?output_format={format}" : path, body);
    }

    public override VendorReply Submitted(VendorJob job, VendorAnswer answer) =>
        answer.Media is { } file ? new VendorReply.Made([VendorOutput.Saved(file)]) : new VendorReply.Unknown("ElevenLabs answered without a sound.");

    public override VendorReply.Failed Fault(VendorAnswer answer)
    {
        var detail = answer.At("detail");
        var (status, message) = (detail.At("status").Text(), detail.At("message").Text());
        // A body that is out of shape is answered with a list of what is wrong with it.
        message ??= detail.Items().Select(one => one.At("msg").Text()).OfType<string>().FirstOrDefault() ?? detail.Text();
        var fault = status switch
        {
            "system_busy" => ProviderFault.Unavailable,
            "too_many_concurrent_requests" => ProviderFault.RateLimited,
            "quota_exceeded" or "invalid_api_key" or "missing_permissions" or "detected_unusual_activity" => ProviderFault.InsufficientQuota,
            not null when Policy.Any(word => status.Contains(word, StringComparison.Ordinal)) => ProviderFault.ContentPolicy,
            _ => Usual(answer.Status),
        };
        return Failed(fault, message ?? status ?? answer.Text);
    }

    public override VendorCall Probe(VendorAccess access) => VendorCall.Get("/v1/user/subscription");

    public override VendorCall? ListChoices(string param) => param == "voiceId" ? VendorCall.Get("/v1/voices") : null;

    public override IReadOnlyList<VendorChoice> Choices(string param, VendorAnswer answer) =>
        [.. answer.At("voices").Items().Select(voice => voice.At("voice_id").Text() is { } id ? new VendorChoice(id, voice.At("name").Text() ?? id, voice.At("preview_url").Text()) : null).OfType<VendorChoice>()];

    private static JsonObject Spoken(VendorJob job)
    {
        var settings = new JsonObject().Put("stability", job.Number("stability")).Put("similarity_boost", job.Number("similarityBoost")).Put("speed", job.Number("speed"));
        return new JsonObject { ["text"] = job.Prompt, ["model_id"] = job.UpstreamModel }.Put("language_code", job.Text("languageCode")).Put("seed", job.Whole("seed"))
            .Put("voice_settings", settings.Count > 0 ? settings : null);
    }

    private static JsonObject Effect(VendorJob job) => new JsonObject { ["text"] = job.Words(style: false), ["model_id"] = job.UpstreamModel }.Put("duration_seconds", job.Number("duration"))
        .Put("prompt_influence", job.Number("promptInfluence")).Put("loop", job.Flag("loop"));
}
