using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Vendors;
using Rpd.Shared.Analysis;

namespace Rpd.Server.Analysis.Aws;

/// <summary>
/// Amazon Comprehend for texts, Rekognition for pictures. Facts: their API references (JSON 1.1 protocol, one address per region, the operation in
/// <c>X-Amz-Target</c>). Answers keep Amazon's shape with names in camel case.
/// </summary>
public sealed class AwsAnalysis : AnalysisVendor
{
    private const string Comprehend = "Comprehend_20171127", Rekognition = "RekognitionService", ContentType = "application/x-amz-json-1.1", Target = "X-Amz-Target";

    public override string Name => "aws";

    public override bool Does(AnalysisTask task) => task is AnalysisTask.Sentiment or AnalysisTask.Entities or AnalysisTask.KeyPhrase or AnalysisTask.Face or AnalysisTask.Text;

    public override string? Missing(VendorAccess access) => access is { AccessKey.Length: > 0, SecretKey.Empty: false } ? null : "Set Analysis:aws:AccessKey and SecretKey, and Location where it is not us-east-1.";

    public override string BaseUrl(VendorAccess access) => access.BaseUrl ?? $"https://comprehend.{access.Location}.amazonaws.com";

    public override VendorCall Call(VendorAccess access, AnalysisRequest request) => request.Picture is { } picture
        ? VendorCall.Post(access.BaseUrl is null ? $"https://rekognition.{access.Location}.amazonaws.com/" : "/", new JsonObject { ["Image"] = new JsonObject { ["Bytes"] = picture.Base64() } })
            .With(Target, $"{Rekognition}.{(request.Task == AnalysisTask.Face ? "DetectFaces" : "DetectText")}")
        : VendorCall.Post("/", new JsonObject { ["Text"] = request.Content, ["LanguageCode"] = request.Language })
            .With(Target, $"{Comprehend}.Detect{request.Task switch { AnalysisTask.Sentiment => "Sentiment", AnalysisTask.Entities => "Entities", _ => "KeyPhrases" }}");

    public override async ValueTask Authorize(HttpRequestMessage request, VendorSession session, CancellationToken cancel)
    {
        var target = request.Headers.GetValues(Target).First();
        request.Content!.Headers.ContentType = new(ContentType);
        SignAwsRequest.Run(request, await request.Content.ReadAsByteArrayAsync(cancel), session.Access.AccessKey!, session.Access.SecretKey!, session.Access.Location!,
            target.StartsWith(Rekognition, StringComparison.Ordinal) ? "rekognition" : "comprehend", session.Time.GetUtcNow(), ("content-type", ContentType), (Target.ToLowerInvariant(), target));
    }

    public override VendorResult? Read(AnalysisRequest request, VendorAnswer answer) => request.Task switch
    {
        AnalysisTask.Sentiment => Sentiment(answer),
        AnalysisTask.Entities when answer.At("Entities") is { ValueKind: JsonValueKind.Array } found => new(new EntitiesResult([.. found.EnumerateArray().Select(one =>
            new FoundEntity(Share(one.At("Score")), one.At("Type").Text() ?? "OTHER", one.At("Text").Text() ?? "", Offset(one.At("BeginOffset")), Offset(one.At("EndOffset"))))])),
        AnalysisTask.KeyPhrase when answer.At("KeyPhrases") is { ValueKind: JsonValueKind.Array } found => new(new KeyPhrasesResult([.. found.EnumerateArray().Select(one =>
            new KeyPhrase(Share(one.At("Score")), one.At("Text").Text() ?? "", Offset(one.At("BeginOffset")), Offset(one.At("EndOffset"))))])),
        AnalysisTask.Face when answer.At("FaceDetails") is { ValueKind: JsonValueKind.Array } found => new(new FacesResult([.. found.EnumerateArray().Select(one => new FaceDetail(Box(one.At("BoundingBox")), Percent(one.At("Confidence"))))])),
        AnalysisTask.Text when answer.At("TextDetections") is { ValueKind: JsonValueKind.Array } found => new(new TextResult([.. found.EnumerateArray().Select(one =>
            new TextDetection(one.At("DetectedText").Text() ?? "", one.At("Type").Text() ?? "LINE", Percent(one.At("Confidence")), new(Box(one.At("Geometry", "BoundingBox")))))])),
        _ => null,
    };

    public override VendorReply.Failed Fault(VendorAnswer answer)
    {
        // com.amazonaws.comprehend#TextSizeLimitExceededException
        var kind = (answer.At("__type").Text() ?? "").Split('#')[^1];
        var fault = kind switch
        {
            "ThrottlingException" or "TooManyRequestsException" or "ProvisionedThroughputExceededException" => ProviderFault.RateLimited,
            "UnrecognizedClientException" or "InvalidSignatureException" or "AccessDeniedException" or "IncompleteSignature" or "MissingAuthenticationTokenException" or "ExpiredTokenException" or "SubscriptionRequiredException" => ProviderFault.InsufficientQuota,
            "InternalServerException" or "InternalServerError" or "ServiceUnavailable" => ProviderFault.Unavailable,
            _ => Usual(answer.Status),
        };
        return Failed(fault, answer.At("message").Text() ?? answer.At("Message").Text() ?? kind);
    }

    private static VendorResult? Sentiment(VendorAnswer answer) => answer.At("Sentiment").Text() is { } mood && answer.At("SentimentScore") is { ValueKind: JsonValueKind.Object } score
        ? new(new SentimentResult(mood, new(Share(score.At("Positive")), Share(score.At("Negative")), Share(score.At("Neutral")), Share(score.At("Mixed"))))) : null;

    private static BoundingBox Box(JsonElement box) => new(Fraction(box.At("Left")), Fraction(box.At("Top")), Share(box.At("Width")), Share(box.At("Height")));

    private static double Share(JsonElement number) => number.Number(1) ?? 0;

    private static double Percent(JsonElement number) => number.Number(100) ?? 0;

    // A box may begin outside of the picture.
    private static double Fraction(JsonElement number) => number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out var value) ? value : 0;

    private static int Offset(JsonElement number) => (int)(number.Number(int.MaxValue) ?? 0);
}
