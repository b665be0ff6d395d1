using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Http;

namespace Rpd.Server.Faces.Raypack;

/// <summary>
/// The recognition face: three addresses outside <c>/v1</c> that speak as RAYPACK's do. A key comes with the form, as <c>apikey</c>; errors are
/// <c>{error:{code,message}}</c> with that service's numbers (<see cref="RaypackErrors"/>). It translates; what is in a picture, <c>Recognition/</c> says.
/// </summary>
public static class RaypackFace
{
    public const string Name = "raypack", Faces = "/raypackfacev3", Recog = "/recog", Models = "/getmodels";

    // The largest picture, with the form around it.
    private const int FormBytesMax = 1024 * 1024;

    public static IServiceCollection AddRaypack(this IServiceCollection services) =>
        services.AddSingleton(new Face(Name, [Faces, Recog, Models], RaypackErrors.Refuse)).AddSingleton<FormPicture>();

    public static void MapRaypack(this WebApplication app)
    {
        var most = app.Services.GetRequiredService<Recognition.RecognitionOptions>().BytesMax;
        var face = app.MapFace("").AddEndpointFilter(FormKey.Check).LimitedByPlan();
        face.MapPost(Faces, FacesEndpoint.Run).WithMetadata(new RequestSizeLimitAttribute(most + FormBytesMax));
        face.MapPost(Recog, RecogEndpoint.Run).WithMetadata(new RequestSizeLimitAttribute(most + FormBytesMax));
        face.MapPost(Models, RaypackModels.Run);
        // Routing would take a GET for somebody's profile, whose address has one segment too, and say 404.
        foreach (var path in new[] { Faces, Recog, Models }) app.MapGet(path, PostOnly).DisableValidation();
    }

    private static IResult PostOnly(HttpContext http)
    {
        http.Response.Headers.Allow = HttpMethods.Post;
        return Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
    }
}
