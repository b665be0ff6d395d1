using Rpd.Server.OpenApi;
using Rpd.Web.Docs;

namespace Rpd.Server.Chat.Assistant.Knowledge;

/// <summary>The chapters at <c>/docs/…</c>: each endpoint with what it takes, and every error code.</summary>
internal static class ReferencePages
{
    public static IEnumerable<Passage> All(IReadOnlyList<DocsChapter> chapters) =>
    [
        .. from chapter in chapters
           from endpoint in chapter.Endpoints
           select new Passage(endpoint.Title, $"API reference, {chapter.Title}", $"{chapter.Address}#{endpoint.Id}", [.. Blocks(endpoint)]),
        .. ErrorCodes.All.Select(code => new Passage($"Error {code.Code}", "API guide, Errors", "/docs#errors", [$"`{code.Code}` ({code.Status}): {code.Meaning}"])),
    ];

    private static IEnumerable<string> Blocks(DocsEndpoint endpoint)
    {
        yield return $"`{endpoint.Method} {endpoint.Path}`: {endpoint.Title}. {endpoint.Access}";
        foreach (var paragraph in (endpoint.Text ?? "").Split("\n\n", StringSplitOptions.RemoveEmptyEntries)) yield return paragraph;
        foreach (var field in endpoint.Parameters.Concat(endpoint.Body).Where(field => field.Text is not null)) yield return $"- `{field.Name}` ({field.Kind}): {field.Text}";
    }
}
