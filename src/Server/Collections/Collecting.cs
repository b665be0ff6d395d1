using Rpd.Server.Accounts;
using Rpd.Server.Gallery;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Web.Collections;

namespace Rpd.Server.Collections;

/// <summary>Which of one's collections hold a work: boxes to tick, and a new one by its name. The work's page opens it in its place.</summary>
public static class Collecting
{
    private const int Shown = 100;

    public static void MapCollecting(this IEndpointRouteBuilder pages)
    {
        var collecting = pages.MapGroup("/works/{id:guid}/collect").RequireAuthorization();
        collecting.MapGet("", (Guid id, HttpContext http, WorkQueries works, CollectionQueries collections) =>
            Show(id, http, works, collections, null, FormErrors.None, saved: http.Request.Query.ContainsKey("saved")));
        collecting.MapPost("", Save);
    }

    private static async Task<IResult> Show(
        Guid id, HttpContext http, WorkQueries works, CollectionQueries collections, string? name, FormErrors errors, bool saved)
    {
        if (await works.Find(id, http.RequestAborted) is not { } found) return Results.NotFound();
        var choices = await collections.Choices(http.User.AccountId()!.Value, id, Shown, http.RequestAborted);
        return Pages.Page<CollectPage>(new CollectModel(id, found.Work.Title ?? found.Work.Prompt, choices, name, errors, saved), errors.Any ? 422 : 200);
    }

    private static async Task<IResult> Save(
        Guid id, HttpContext http, WorkQueries works, CollectionQueries collections, CreateCollection create, KeepWork keep, RemoveFromCollection remove)
    {
        var (account, cancel) = (http.User.AccountId()!.Value, http.RequestAborted);
        // Whoever has only the address of a work cannot keep it; nothing is made for them that would stay empty.
        if (await works.Find(id, cancel) is not { } found || (!found.Listed && found.Work.Author.Id != account)) return Results.NotFound();
        var form = await http.Request.ReadFormAsync(cancel);
        var fields = Fields.Of(form);
        var name = fields.Text("name", 80);
        if (fields.Refusal is { } wrong) return await Again(wrong);
        // Only what was shown is changed: a collection that was made meanwhile keeps what it has.
        var (shown, ticked) = (Ids(form["shown"]), Ids(form["in"]));
        foreach (var choice in await collections.Choices(account, id, Shown, cancel))
        {
            if (!shown.Contains(choice.Id) || ticked.Contains(choice.Id) == choice.Holds) continue;
            if (choice.Holds) await remove.Run(account, choice.Id, [id], cancel);
            else if (await keep.Run(account, choice.Id, id, cancel) is { } full) return await Again(full);
        }
        if (!string.IsNullOrWhiteSpace(name))
        {
            var made = await create.Run(account, new(name), cancel);
            if (made.Declined) return await Again(made.Refusal);
            if (await keep.Run(account, made.Value.Id, id, cancel) is { } refused) return await Again(refused);
        }
        return Pages.See($"/works/{id}/collect?saved=1");

        async Task<IResult> Again(Refusal refusal) => refusal.Status == 404
            ? Results.NotFound() : await Show(id, http, works, collections, form["name"], CollectionPages.Said(refusal), saved: false);
    }

    private static HashSet<Guid> Ids(IEnumerable<string?> texts) => [.. texts.Take(Shown).Select(text => Guid.TryParse(text, out var id) ? id : Guid.Empty)];
}
