using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.ElevenLabs;

/// <summary>Music by a prompt and a length, or by a plan whose sections have lengths of their own: <c>sections[].duration_ms</c>.</summary>
internal static class ElevenLabsMusic
{
    /// <summary>Of one section, in milliseconds.</summary>
    private const long SectionMin = 3000;

    public static JsonObject Body(VendorJob job)
    {
        var length = job.Number("duration") is { } seconds ? (long)(seconds * 1000) : job.Whole("lengthMs");
        var body = new JsonObject { ["model_id"] = job.UpstreamModel };
        // A plan stands instead of a prompt, and says itself how long all is and what is sung.
        return Plan(job) is { } plan ? body.Put("composition_plan", Within(plan, length))
            : body.Put("prompt", job.Words(style: false)).Put("music_length_ms", length).Put("force_instrumental", job.Flag("forceInstrumental"));
    }

    private static JsonObject? Plan(VendorJob job) => job.Request.Params.TryGetValue("compositionPlan", out var plan) ? JsonNode.Parse(plan.GetRawText()) as JsonObject : null;

    /// <summary>No longer than what is paid for: sections that are too long together all give way alike.</summary>
    private static JsonObject Within(JsonObject plan, long? paid)
    {
        var sections = plan["sections"] is JsonArray list ? list.OfType<JsonObject>().ToArray() : [];
        var all = sections.Sum(Length);
        if (paid is { } most && all > most)
            foreach (var section in sections) section["duration_ms"] = Math.Max(SectionMin, (long)(Length(section) * most / all));
        return plan;

        static double Length(JsonObject section) => section["duration_ms"] is JsonValue value && value.TryGetValue<double>(out var length) && length > 0 ? length : 0;
    }
}
