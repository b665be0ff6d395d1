using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Analysis.Gcp;

/// <summary>Google Cloud Natural Language (v1) for texts and Vision (v1) for pictures, with an API key. What an answer looks like, <see cref="GcpResults"/> says.</summary>
public sealed class GcpAnalysis : AnalysisVendor
{
    private const string Language = "https://language.googleapis.com", Vision = "https://vision.googleapis.com";
    private const int ResultsMax = 50;

    public override string Name => "gcp";

    public override bool Does(AnalysisTask task) => task != AnalysisTask.KeyPhrase;

    public override string? Missing(VendorAccess access) => access.ApiKey is { Empty: false } ? null : "Set Analysis:gcp:ApiKey, a key of Google Cloud that may call Natural Language and Vision.";

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? Language;

    public override ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        request.Headers.TryAddWithoutValidation("X-Goog-Api-Key", session.Access.ApiKey!.Reveal());
        return default;
    }

    public override VendorCall Call(VendorAccess access, AnalysisRequest request) => request.Picture is { } picture
        ? VendorCall.Post((access.BaseUrl is null ? Vision : "") + "/v1/images:annotate", new JsonObject
        {
            ["requests"] = new JsonArray(new JsonObject
            {
                ["image"] = new JsonObject { ["content"] = picture.Base64() },
                ["features"] = new JsonArray(new JsonObject { ["type"] = Feature(request.Task), ["maxResults"] = ResultsMax }),
            }),
        })
        : VendorCall.Post(request.Task == AnalysisTask.Sentiment ? "/v1/documents:analyzeSentiment" : "/v1/documents:analyzeEntities", new JsonObject
        {
            ["document"] = new JsonObject { ["type"] = "PLAIN_TEXT", ["language"] = Code(request.Language), ["content"] = request.Content },
            ["encodingType"] = "UTF32",
        });

    public override VendorResult? Read(AnalysisRequest request, VendorAnswer answer)
    {
        if (request.Picture is null) return GcpResults.OfText(request.Task, answer);
        var response = answer.At("responses").Items().FirstOrDefault();
        if (response.At("error") is { ValueKind: JsonValueKind.Object } error) return new(null, error.At("message").Text() ?? "it gave no reason.");
        return response.ValueKind == JsonValueKind.Object ? GcpResults.OfPicture(request.Task, response) : null;
    }

    public override VendorReply.Failed Fault(VendorAnswer answer) => Failed(
        // A key that is wrong comes as a bad request, too.
        answer.At("error", "details").Items().Any(detail => detail.At("reason").Text() == "API_KEY_INVALID") ? ProviderFault.InsufficientQuota : Usual(answer.Status), answer.At("error", "message").Text());

    private static string Feature(AnalysisTask task) => task switch
    {
        AnalysisTask.Face => "FACE_DETECTION",
        AnalysisTask.Landmark => "LANDMARK_DETECTION",
        AnalysisTask.Localize => "OBJECT_LOCALIZATION",
        _ => "TEXT_DETECTION",
    };

    private static string Code(string language) => language == "zh-TW" ? "zh-Hant" : language;
}
