using System.Globalization;
using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Collections;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Generations;
using Rpd.Web.Library;
using Rpd.Web.Ui;

namespace Rpd.Server.Library;

/// <summary>The list of what one has made.</summary>
public static class LibraryListPages
{
    internal const string FlashName = "library";
    private const int PageSize = 48, CollectionsShown = 100;

    public static void MapLibraryList(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/library").RequireAuthorization();
        own.MapGet("", async (HttpContext http, [AsParameters] LibraryReads reads, Flash flash) =>
            Pages.Page<LibraryPage>(await Model(http, reads) with { Done = flash.Take(http, FlashName) }));
        own.MapBulkPages();
    }

    /// <summary>What the page needs to be read.</summary>
    internal sealed record LibraryReads(GenerationQueries Generations, CollectionQueries Collections, ModelCatalog Catalog, StorageUse Storage, Cursors Cursors);

    /// <summary>The list that the address names; one that somebody mistyped shows more, not an error.</summary>
    internal static async Task<LibraryModel> Model(HttpContext http, LibraryReads reads)
    {
        var account = http.User.AccountId()!.Value;
        var filter = Filter(http.Request.Query);
        var span = new GenerationSpan(Day(filter.From), Day(filter.To)?.AddDays(1), filter.Order == LibraryFilter.Oldest);
        var cursor = Text(http.Request.Query, "cursor");
        var before = cursor is not null && reads.Cursors.Read(span.CursorKind, cursor) is { } position ? Guid.Parse(position) : (Guid?)null;
        var page = await reads.Generations.List(account, new(filter.Status, filter.Type, Model: filter.Model, Visibility: filter.Visibility, Q: filter.Q), before, PageSize, http.RequestAborted, span: span);
        var collections = await reads.Collections.List(account, null, CollectionsShown, http.RequestAborted);
        return new(filter, page, before is null ? null : cursor)
        {
            Models = [.. (await reads.Generations.Models(account, http.RequestAborted)).Select(id => new Choice(id, reads.Catalog.Known(id)?.DisplayName ?? id)).OrderBy(choice => choice.Label, StringComparer.Ordinal)],
            Collections = [.. collections.Items.Select(one => new Choice(one.Id.ToString(), one.Name))],
            Storage = await reads.Storage.Of(account, http.RequestAborted),
        };
    }

    private static LibraryFilter Filter(IQueryCollection query)
    {
        return new(OneOf("status", GenerationStatus.All), OneOf("type", GenerationTypes.All), Text(query, "q"), Text(query, "model"), OneOf("visibility", Visibility.All),
            Date("from"), Date("to"), OneOf("order", [LibraryFilter.Oldest]));

        string? OneOf(string name, IReadOnlyList<string> allowed) => Text(query, name) is { } text && allowed.Contains(text) ? text : null;
        string? Date(string name) => Text(query, name) is { } text && Day(text) is not null ? text : null;
    }

    private static string? Text(IQueryCollection query, string name) =>
        query[name].FirstOrDefault() is { Length: > 0 and <= 200 } text && !text.Contains('\0', StringComparison.Ordinal) ? text : null;

    private static DateTimeOffset? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) && day.Year is > 1970 and < 9999
            ? new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) : null;
}
