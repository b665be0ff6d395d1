using Rpd.Server.Analysis;
using Rpd.Server.Analysis.Pictures;
using Rpd.Server.ApiKeys;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared.Analysis;

namespace Rpd.Server.Faces.Rapyd;

public static class VisionApi
{
    private const string ProviderHeader = "PROVIDER";

    public static void MapVisionApi(this IEndpointRouteBuilder face)
    {
        Map(face, "/vision/face", AnalysisTask.Face, "Find the faces in a picture", "`gcp` answers a list with angles, moods and points instead.")
            .GivesBare<FacesView>(example: """{"meta":{"provider":"aws","language":""},"result":{"faceDetails":[{"boundingBox":{"left":0.3,"top":0.4,"width":0.2,"height":0.1},"confidence":99.8}]}}""");
        Map(face, "/vision/landmark", AnalysisTask.Landmark, "Find the landmarks in a picture", "Needs a provider: `gcp` or `llm`.")
            .GivesBare<LandmarksView>(example: """{"meta":{"provider":"gcp","language":""},"result":{"landmarkAnnotations":[{"description":"Palace of Fine Arts","score":0.68,"boundingPoly":{"vertices":[{"x":108,"y":102}]},"locations":[{"latLng":{"latitude":37.8,"longitude":-122.4}}]}]}}""");
        Map(face, "/vision/localize", AnalysisTask.Localize, "Find the objects in a picture", "Needs a provider: `gcp` or `llm`.")
            .GivesBare<ObjectsView>(example: """{"meta":{"provider":"gcp","language":""},"result":{"localizedObjectAnnotations":[{"name":"Cup","score":0.9,"boundingPoly":{"normalizedVertices":[{"x":0.3,"y":0.4},{"x":0.5,"y":0.4},{"x":0.5,"y":0.5},{"x":0.3,"y":0.5}]}}]}}""");
        Map(face, "/vision/text", AnalysisTask.Text, "Read the text in a picture", "`gcp` answers a list with corners in pixels instead.")
            .GivesBare<WritingView>(example: """{"meta":{"provider":"aws","language":""},"result":{"textDetections":[{"detectedText":"SPEED LIMIT","type":"LINE","confidence":96.2,"geometry":{"boundingBox":{"left":0.3,"top":0.4,"width":0.2,"height":0.1}}}]}}""");
    }

    private static IEndpointConventionBuilder Map(IEndpointRouteBuilder face, string path, AnalysisTask task, string summary, string text) =>
        face.MapPost(path, (HttpContext http, TakePicture take, Analyse analyse) => Run(http, take, analyse, task))
            .Describe(summary, $"""
                The file of `multipart/form-data` is what this face's own clients send, with the provider in a header `{ProviderHeader}`; JSON does as well.
                Costs {Analyse.Price} credit when it succeeds and nothing otherwise. A user's token needs the header `ACCOUNT-ID` beside it. {text}
                """)
            .Takes<PictureAnalysisBody>("""{"file":"data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAgAAAAIAQAAAADsdIMmAAAADElEQVR42mP4z4ACAT/QB/lnLUmhAAAAAElFTkSuQmCC","provider":"auto"}""")
            .TakesAlso("multipart/form-data")
            .Refuses("INSUFFICIENT_CREDITS", "SPEND_CAP_REACHED");

    private static async Task<IResult> Run(HttpContext http, TakePicture take, Analyse analyse, AnalysisTask task)
    {
        var sent = await SentFile.Read(http);
        if (sent.Declined) return ApiAnswers.Refuse(sent.Refusal);
        var fields = sent.Value.Fields;
        var named = http.Request.Headers.TryGetValue(ProviderHeader, out var header) ? header.ToString() : fields.Text("provider", 100);
        var provider = Words.Find(fields, "provider", named, TextProviders.All) ?? (TextProviders.Auto, TextProviders.Auto);
        var language = Words.Read(fields, "language", TextLanguages.All)?.Known ?? TextLanguages.Auto;
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        await using var content = sent.Value.Content!;
        if (content.Length > TakePicture.BytesMax) return ApiAnswers.Refuse(new("PAYLOAD_TOO_LARGE", 413, $"The picture may have {TakePicture.BytesMax / 1024 / 1024} MB at most."));
        var taken = await take.Run(content, http.RequestAborted);
        if (taken.Declined) return ApiAnswers.Refuse(taken.Refusal);
        using var picture = taken.Value;
        var request = new AnalysisRequest(task, "", language == TextLanguages.Auto ? "" : language, picture);
        return Meta.Answer(await analyse.Run(http.Credential(), RapydFace.Name, provider.Known, request, http.RequestAborted), provider);
    }
}
