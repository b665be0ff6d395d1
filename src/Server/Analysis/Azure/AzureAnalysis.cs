using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Analysis.Azure;

/// <summary>
/// Azure AI Language (Text Analytics), <c>analyze-text</c> of 2023-04-01. Texts only. Answers keep the shape that azure has at this face: the document's own
/// members for sentiment, bare lists for entities and key phrases.
/// </summary>
public sealed class AzureAnalysis : AnalysisVendor
{
    private const string Path = "/language/:analyze-text?api-version=2023-04-01";

    public override string Name => "azure";

    public override bool Does(AnalysisTask task) => task is AnalysisTask.Sentiment or AnalysisTask.Entities or AnalysisTask.KeyPhrase;

    public override string? Missing(VendorAccess access) => access is { BaseUrl.Length: > 0, ApiKey.Empty: false } ? null : "Set Analysis:azure:BaseUrl, the endpoint of a Language resource, and ApiKey.";

    public override string BaseUrl(VendorAccess access) => access.BaseUrl!;

    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        request.Headers.TryAddWithoutValidation("Ocp-Apim-Subscription-Key", session.Access.ApiKey!.Reveal());
        return default;
    }

    public override VendorCall Call(VendorAccess access, AnalysisRequest request) => VendorCall.Post(Path, new JsonObject
    {
        ["kind"] = request.Task switch { AnalysisTask.Sentiment => "SentimentAnalysis", AnalysisTask.Entities => "EntityRecognition", _ => "KeyPhraseExtraction" },
        ["analysisInput"] = new JsonObject { ["documents"] = new JsonArray(new JsonObject { ["id"] = "1", ["language"] = Code(request.Language), ["text"] = request.Content }) },
    });

    public override VendorResult? Read(AnalysisRequest request, VendorAnswer answer)
    {
        if (answer.At("results", "errors").Items().FirstOrDefault() is { ValueKind: JsonValueKind.Object } refused)
            return new(null, refused.At("error", "innererror", "message").Text() ?? refused.At("error", "message").Text() ?? "it gave no reason.");
        var document = answer.At("results", "documents").Items().FirstOrDefault();
        return request.Task switch
        {
            AnalysisTask.Sentiment when document.At("sentiment").Text() is { } mood => new(new JsonObject
            {
                ["sentiment"] = mood,
                ["confidenceScores"] = Scores(document),
                ["sentences"] = new JsonArray([.. document.At("sentences").Items().Select(one => new JsonObject { ["text"] = one.At("text").Text(), ["confidenceScores"] = Scores(one), ["sentiment"] = one.At("sentiment").Text() })]),
                ["warnings"] = new JsonArray([.. document.At("warnings").Items().Select(one => JsonValue.Create(one.At("message").Text()))]),
            }),
            AnalysisTask.Entities when document.At("entities") is { ValueKind: JsonValueKind.Array } found => new(new JsonArray([.. found.EnumerateArray().Select(one => new JsonObject
            {
                ["text"] = one.At("text").Text(),
                ["category"] = one.At("category").Text(),
                ["subcategory"] = one.At("subcategory").Text(),
                ["confidenceScore"] = one.At("confidenceScore").Number(1),
            })])),
            AnalysisTask.KeyPhrase when document.At("keyPhrases") is { ValueKind: JsonValueKind.Array } found => new(new JsonArray([.. found.EnumerateArray().Select(one => JsonValue.Create(one.Text()))])),
            _ => null,
        };
    }

    public override VendorReply.Failed Fault(VendorAnswer answer) => Failed(Usual(answer.Status), answer.At("error", "innererror", "message").Text() ?? answer.At("error", "message").Text());

    private static JsonObject Scores(JsonElement of) => new()
    {
        ["positive"] = of.At("confidenceScores", "positive").Number(1),
        ["neutral"] = of.At("confidenceScores", "neutral").Number(1),
        ["negative"] = of.At("confidenceScores", "negative").Number(1),
    };

    private static string Code(string language) => language switch { "zh" => "zh-Hans", "zh-TW" => "zh-Hant", "pt" => "pt-PT", _ => language };
}
