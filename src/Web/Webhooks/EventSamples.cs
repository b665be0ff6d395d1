using Rpd.Shared.Events;
using Rpd.Web.Docs;

namespace Rpd.Web.Webhooks;

/// <summary>The body of each event, whole. A test holds them against real ones.</summary>
public static class EventSamples
{
    public static readonly IReadOnlyDictionary<string, string> All = new Dictionary<string, string>
    {
        [EventNames.GenerationCompleted] = """
            {
              "event": "generation.completed",
              "timestamp": "2026-03-20T12:05:00.000Z",
              "data": {
                "id": "0198c3f2-7a41-7c55-9e4b-2f6d1c8a9b10",
                "status": "completed",
                "type": "text2image",
                "provider": "studio",
                "model": "studio-sketch",
                "outputUrls": ["https://…"],
                "creditsCost": 10,
                "creditsRefunded": 0,
                "error": null,
                "completedAt": "2026-03-20T12:05:00.000Z",
                "test": false
              }
            }
            """,
        [EventNames.GenerationFailed] = """
            {
              "event": "generation.failed",
              "timestamp": "2026-03-20T12:05:00.000Z",
              "data": {
                "id": "0198c3f2-7a41-7c55-9e4b-2f6d1c8a9b10",
                "status": "failed",
                "type": "text2image",
                "provider": "studio",
                "model": "studio-sketch",
                "outputUrls": [],
                "creditsCost": 10,
                "creditsRefunded": 10,
                "error": { "code": "PROVIDER_TIMEOUT", "message": "The provider did not finish in time." },
                "completedAt": "2026-03-20T12:05:00.000Z",
                "test": false
              }
            }
            """,
        [EventNames.CreditsLow] = """
            {
              "event": "credits.low",
              "timestamp": "2026-03-20T12:05:00.000Z",
              "data": {
                "balance": 9,
                "threshold": 10
              }
            }
            """,
    };

    /// <summary>For people: indented, or as it is when it is no JSON.</summary>
    public static string Pretty(string body)
    {
        try
        {
            return CallCode.Pretty(System.Text.Json.Nodes.JsonNode.Parse(body));
        }
        catch (System.Text.Json.JsonException)
        {
            return body;
        }
    }
}
