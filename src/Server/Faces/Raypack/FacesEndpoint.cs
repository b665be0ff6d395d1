using System.Diagnostics;
using System.Text.Json.Serialization;
using Rpd.Server.ApiKeys;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Server.Recognition;

namespace Rpd.Server.Faces.Raypack;

/// <summary><c>POST /raypackfacev3</c>: where faces are, or the picture with them marked or covered.</summary>
internal static class FacesEndpoint
{
    public static async Task<IResult> Run(HttpContext http, FormPicture pictures, FindFaces find, PaidLook paid, TimeProvider time)
    {
        var began = Stopwatch.GetTimestamp();
        var fields = http.Request.HasFormContentType ? Fields.Of(http.Request.Form) : Fields.Of(FormCollection.Empty);
        var threshold = fields.Threshold(0.9m);
        var finder = (int)(fields.Integer("facefinder", 1, 3) ?? 1);
        var colour = fields.Colour("00ff00");
        var cover = fields.Word("facemode", "default", "default", "pixel", "fill", "black", "jsonimage");
        // Its documentation lists this one under facemode, too.
        var mode = cover == "jsonimage" ? cover : fields.Word("mode", "image", "image", "jpg", "json", "jsonimage");
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);

        var picture = await pictures.Read(http.Request, http.RequestAborted);
        if (picture.Declined) return ApiAnswers.Refuse(picture.Refusal);
        var question = new FaceQuestion(finder, threshold, mode == "json" ? null : FacePaint.Of(cover), colour);
        var found = await paid.Run(http.Credential().Payer(RaypackFace.Name, time.GetUtcNow()), PaidLook.BuiltIn, PaidLook.Faces, () => find.Run(picture.Value.File, question, http.RequestAborted), seen => seen.Faces.Count > 0, http.RequestAborted);
        if (found.Declined) return ApiAnswers.Refuse(found.Refusal);

        if (mode is "image" or "jpg") return Results.Bytes(found.Value.Painted!, "image/jpeg");
        var faces = found.Value.Faces.Select(RaypackFaceBox.Of).ToArray();
        return Results.Json(new FacesAnswer(faces.Length, Stopwatch.GetElapsedTime(began).TotalSeconds, faces, mode == "jsonimage" ? found.Value.Painted : null), ApiAnswers.Json);
    }

    /// <param name="Time">Seconds that it took.</param>
    /// <param name="Image">The JPEG, in base64.</param>
    private sealed record FacesAnswer(int Totalfaces, double Time, RaypackFaceBox[] Faces, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] byte[]? Image);
}

/// <summary>A face in the picture's pixels, from its upper left corner.</summary>
internal sealed record RaypackFaceBox(int Xpos, int Ypos, int Width, int Height, double Score)
{
    public static RaypackFaceBox Of(FoundFace face) => new(face.X, face.Y, face.Width, face.Height, face.Score);
}
