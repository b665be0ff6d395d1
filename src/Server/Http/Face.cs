using Rpd.Shared;

namespace Rpd.Server.Http;

/// <summary>How one face of the API speaks to its callers: where it is reached, and what a refusal looks like there. What is behind it is the same for all.</summary>
/// <param name="Name">As usage and generations name it.</param>
/// <param name="Paths">What its addresses begin with, in whole segments.</param>
public sealed record Face(string Name, IReadOnlyList<string> Paths, Func<Refusal, HttpContext, IResult> Refuse);

/// <summary>Every face that is mapped. Where one lies below another, the longer path counts.</summary>
public sealed class FaceList(IEnumerable<Face> faces)
{
    private readonly (PathString Path, Face Face)[] paths =
        [.. faces.SelectMany(face => face.Paths.Select(path => (new PathString(path), face))).OrderByDescending(one => one.Item1.Value!.Length)];

    /// <returns>Null for pages, files and whatever else is no API.</returns>
    public Face? Of(PathString path)
    {
        foreach (var one in paths)
            if (path.StartsWithSegments(one.Path)) return one.Face;
        return null;
    }
}

public static class FaceOfRequest
{
    /// <inheritdoc cref="FaceList.Of"/>
    public static Face? Face(this HttpContext http) => http.RequestServices.GetRequiredService<FaceList>().Of(http.Request.Path);
}
