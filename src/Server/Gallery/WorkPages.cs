using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Catalog;
using Rpd.Shared.Explore;
using Rpd.Web.Explore;

namespace Rpd.Server.Gallery;

/// <summary>One work and what a reader can do with it. Signed out, everything that changes something is a link to sign-in, so that the page can be cached.</summary>
public static class WorkPages
{
    public static void MapWorkPages(this IEndpointRouteBuilder pages)
    {
        pages.MapGet("/works/{id:guid}", Show).CacheOutput(GalleryPages.CachePolicy);
        var acting = pages.MapGroup("/works/{id:guid}").RequireAuthorization();
        acting.MapPost("/like", Like);
        acting.MapGet("/like", (Guid id) => Pages.See($"/works/{id}"));
        acting.MapGet("/report", AskWhy);
        acting.MapPost("/report", Report);
    }

    private static async Task<IResult> Show(
        Guid id, HttpContext http, WorkQueries works, MatureChoice choice, LikedByCaller liked, Lineage lineage, RelatedWorks related, ModelCatalog catalog, PublicAddress address)
    {
        var (cancel, reader) = (http.RequestAborted, http.User.AccountId());
        if (await works.Find(id, cancel) is not { } found) return Results.NotFound();
        var chosen = await choice.Of(reader, cancel);
        var mature = chosen != MatureWorks.Hide;
        var veiled = found.Work.Mature && chosen != MatureWorks.Show && found.Work.Author.Id != reader && http.Request.Query["mature"] != MatureWorks.Show;
        // A veil shows nothing of what is behind it, nor beside it.
        if (veiled) return Pages.Page<WorkPage>(new WorkModel(found.Work, "", address.Base, found.Listed) { Veiled = true });
        var work = found.Work with { Liked = (await liked.Fill([found.Work], reader, cancel))[0].Liked };
        var (newer, older) = await works.Neighbours(id, cancel, mature);
        var (ancestors, remixes) = await lineage.Of(id, mature, cancel);
        var (byAuthor, similar) = await related.Of(work, mature, cancel);
        var entry = catalog.Known(work.Model);
        return Pages.Page<WorkPage>(new WorkModel(work, entry?.DisplayName ?? work.Model, address.Base, found.Listed, newer, older)
        {
            InCatalog = catalog.Find(work.Model) is not null,
            Price = PriceOf(work, catalog),
            Ancestors = ancestors,
            Remixes = remixes,
            ByAuthor = byAuthor,
            Similar = similar,
        });
    }

    /// <summary>Of one run as the playground offers it: the work's model and words, everything else as usual. Null when that cannot be said.</summary>
    private static long? PriceOf(WorkView work, ModelCatalog catalog)
    {
        if (catalog.Find(work.Model) is not { } entry || catalog.Unavailable(entry) is not null) return null;
        var parameters = RequestParams.Read(Fields.Of(System.Text.Json.JsonSerializer.SerializeToElement(new { })), [], entry);
        return Prices.Of(entry, work.Type, parameters.Values, work.Prompt, count: 1).Value?.Credits;
    }

    private static async Task<IResult> Like(Guid id, HttpContext http, ToggleLike toggle)
    {
        var wish = (await http.Request.ReadFormAsync(http.RequestAborted))["like"].ToString() switch { "yes" => true, "no" => false, _ => (bool?)null };
        var answer = await toggle.Run(http.User.AccountId()!.Value, id, http.RequestAborted, wish);
        if (answer.Declined) return Results.NotFound();
        return Pages.TakesStreams(http.Request) ? Pages.Streams<LikeStream>(new LikeModel(id, answer.Value.LikeCount, answer.Value.Liked)) : Pages.See($"/works/{id}");
    }

    private static async Task<IResult> AskWhy(Guid id, HttpContext http, WorkQueries works) =>
        await works.Find(id, http.RequestAborted) is { } found
            ? Pages.Page<ReportPage>(new ReportModel(id, found.Work.Title ?? found.Work.Prompt, null, null, FormErrors.None, Sent: http.Request.Query.ContainsKey("sent"))) : Results.NotFound();

    private static async Task<IResult> Report(Guid id, HttpContext http, WorkQueries works, ReportWork report)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = Fields.Of(form);
        var (reason, details) = (fields.Choice("reason", ReportReasons.All, required: true), fields.Text("details", 2000));
        if (fields.Refusal is { } wrong)
        {
            if (await works.Find(id, http.RequestAborted) is not { } found) return Results.NotFound();
            return Pages.Page<ReportPage>(new ReportModel(id, found.Work.Title ?? found.Work.Prompt, reason, form["details"], Said(FormErrors.Of(wrong)), Sent: false), 422);
        }
        var answer = await report.Run(http.User.AccountId()!.Value, id, reason!, string.IsNullOrWhiteSpace(details) ? null : details.Trim(), http.RequestAborted);
        return answer.Declined ? Results.NotFound() : Pages.See($"/works/{id}/report?sent=1");
    }

    // "reason is required." helps programs.
    private static FormErrors Said(FormErrors errors) => new([.. errors.All.Select(error => error.Field == "reason" ? error with { Message = "Choose what is wrong." } : error)]);
}
