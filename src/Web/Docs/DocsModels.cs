namespace Rpd.Web.Docs;

/// <summary>A chapter of the reference; each has a page of its own.</summary>
public sealed record DocsChapter(string Name, string Title, string Text, IReadOnlyList<DocsEndpoint> Endpoints)
{
    public string Address => "/docs/" + Name;
}

/// <param name="Access">Who may call it, in words.</param>
/// <param name="Answer">Fields of what comes back in <c>data</c>, or of the whole body.</param>
/// <param name="Example">An answer, as JSON.</param>
public sealed record DocsEndpoint(
    string Id, string Method, string Path, string Title, string? Text, string Access, IReadOnlyList<DocsField> Parameters, IReadOnlyList<DocsField> Body,
    IReadOnlyList<DocsField> Answer, ApiCall Call, int Status, string Example, IReadOnlyList<DocsRefusal> Refusals);

/// <param name="Name">By its path: <c>params.width</c>, <c>items[].type</c>.</param>
/// <param name="Kind">Type and limits in words.</param>
/// <param name="Words">All allowed values, when there are only some.</param>
public sealed record DocsField(string Name, string Kind, bool Required, string? Text, IReadOnlyList<string> Words);

public sealed record DocsRefusal(int Status, string Code, string Meaning);

public sealed record PlanLimits(string Name, int GeneralPerMinute, int GenerationsPerMinute);

public sealed record GuideModel(
    string BaseAddress, IReadOnlyList<DocsChapter> Chapters, IReadOnlyList<DocsRefusal> Codes, IReadOnlyList<PlanLimits> Plans, string Version);

public sealed record ChapterModel(string BaseAddress, IReadOnlyList<DocsChapter> Chapters, DocsChapter Chapter);
