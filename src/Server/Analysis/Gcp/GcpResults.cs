using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Server.Providers.Vendors;
using Rpd.Shared.Analysis;

namespace Rpd.Server.Analysis.Gcp;

/// <summary>
/// Google's answers in the shape that gcp has at this face: of a text's mood the score alone; entities, faces and writing as bare lists, with corners as
/// <c>{x,y}</c>; landmarks and objects under Google's own names. Members that Google leaves out because they are 0 are there.
/// </summary>
internal static class GcpResults
{
    private static readonly string[] Moods = ["joy", "sorrow", "anger", "surprise", "underExposed", "blurred", "headwear"];

    public static VendorResult? OfText(AnalysisTask task, VendorAnswer answer) => task switch
    {
        AnalysisTask.Sentiment when answer.At("documentSentiment") is { ValueKind: JsonValueKind.Object } mood => new(new JsonObject { ["score"] = Real(mood.At("score")) }),
        AnalysisTask.Entities when answer.At("entities") is { ValueKind: JsonValueKind.Array } found => new(new JsonArray([.. found.EnumerateArray().Select(one =>
            new JsonObject { ["name"] = one.At("name").Text(), ["salience"] = Real(one.At("salience")), ["type"] = one.At("type").Text() })])),
        _ => null,
    };

    /// <param name="response">Without a finding the list is missing.</param>
    public static VendorResult OfPicture(AnalysisTask task, JsonElement response) => new(task switch
    {
        AnalysisTask.Face => List(response.At("faceAnnotations"), Face),
        AnalysisTask.Landmark => new LandmarksResult([.. response.At("landmarkAnnotations").Items().Select(Landmark)]),
        AnalysisTask.Localize => new ObjectsResult([.. response.At("localizedObjectAnnotations").Items().Select(Localized)]),
        _ => List(response.At("textAnnotations"), one => new JsonObject { ["description"] = one.At("description").Text(), ["boundingPoly"] = Corners(one.At("boundingPoly", "vertices")) }),
    });

    private static JsonObject Face(JsonElement one)
    {
        var face = new JsonObject();
        foreach (var name in new[] { "rollAngle", "panAngle", "tiltAngle", "detectionConfidence", "landmarkingConfidence" }) face[name] = Real(one.At(name));
        foreach (var mood in Moods)
        {
            var likelihood = one.At(mood + "Likelihood").Text() ?? "UNKNOWN";
            face[mood + "Rating"] = Rating(likelihood);
            face[mood] = likelihood;
        }
        face["boundingPoly"] = Corners(one.At("boundingPoly", "vertices"));
        face["fdBoundingPoly"] = Corners(one.At("fdBoundingPoly", "vertices"));
        face["landmarks"] = List(one.At("landmarks"), point => new JsonObject
        {
            ["type"] = point.At("type").Text(),
            ["x"] = Real(point.At("position", "x")),
            ["y"] = Real(point.At("position", "y")),
            ["z"] = Real(point.At("position", "z")),
        });
        return face;
    }

    private static Landmark Landmark(JsonElement one) => new(one.At("description").Text() ?? "", Real(one.At("score")), new(Points(one.At("boundingPoly", "vertices"))),
        [.. one.At("locations").Items().Select(place => new LandmarkPlace(new(Real(place.At("latLng", "latitude")), Real(place.At("latLng", "longitude")))))]);

    private static LocalizedObject Localized(JsonElement one) => new(one.At("name").Text() ?? "", Real(one.At("score")), new(Points(one.At("boundingPoly", "normalizedVertices"))));

    private static Corner[] Points(JsonElement corners) => [.. corners.Items().Select(corner => new Corner(Real(corner.At("x")), Real(corner.At("y"))))];

    private static JsonArray Corners(JsonElement corners) => List(corners, corner => new JsonObject { ["x"] = Real(corner.At("x")), ["y"] = Real(corner.At("y")) });

    private static JsonArray List(JsonElement items, Func<JsonElement, JsonObject> read) => new([.. items.Items().Select(read)]);

    private static double Rating(string likelihood) => likelihood switch { "VERY_UNLIKELY" => 0.2, "UNLIKELY" => 0.4, "POSSIBLE" => 0.6, "LIKELY" => 0.8, "VERY_LIKELY" => 1, _ => 0 };

    private static double Real(JsonElement number) => number.ValueKind == JsonValueKind.Number && number.TryGetDouble(out var value) && double.IsFinite(value) ? value : 0;
}
