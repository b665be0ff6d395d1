using Rpd.Server.Accounts;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Generations;
using Rpd.Web.Library;
using static Rpd.Server.Library.LibraryListPages;

namespace Rpd.Server.Library;

/// <summary>What is done with several at once: one form, one address, and the button says what. The list's address goes along, so that one comes back to it.</summary>
public static class BulkPages
{
    public static void MapBulkPages(this IEndpointRouteBuilder library)
    {
        library.MapPost("/bulk", Do);
        // Without JavaScript a refused form leaves this address in the bar: reloading it leads back.
        library.MapGet("/bulk", (HttpContext http) => Pages.See("/library" + http.Request.QueryString));
    }

    private static async Task<IResult> Do(HttpContext http, [AsParameters] LibraryReads reads, ChangeTogether change, DownloadTogether download, Flash flash)
    {
        var account = http.User.AccountId()!.Value;
        var posted = await http.Request.ReadFormAsync(http.RequestAborted);
        var (fields, action) = (Fields.Of(posted), posted["action"].ToString());
        var form = new BulkForm([.. posted["ids"].Select(text => Guid.TryParse(text, out var id) ? id : (Guid?)null).OfType<Guid>().Distinct()], posted["collection"], posted["collectionName"], fields.Flag("mature") == true);
        if (form.Ids.Count == 0) fields.Wrong("ids", "Select something first.");
        else if (form.Ids.Count > BulkForm.Most) fields.Wrong("ids", $"{BulkForm.Most} can be taken at once; you have selected {form.Ids.Count}.");
        if (fields.Refusal is { } wrong) return await Again(wrong);
        var items = await reads.Generations.Several(account, form.Ids, http.RequestAborted);
        switch (action)
        {
            case BulkForm.Download when items.Any(item => item.Outputs.Count > 0):
                return download.Answer(account, items);
            case BulkForm.Download:
                return await Again(Refusal.Invalid("ids", "None of these has anything to download."));
            case BulkForm.Purge when !fields.Has("confirmed"):
                // Not done yet: a form that needs one more word is answered like one that needs another look.
                return Pages.Page<PurgePage>(new PurgeModel(items, http.Request.QueryString.ToString()), StatusCodes.Status422UnprocessableEntity);
            case BulkForm.Publish or BulkForm.Unpublish or BulkForm.Purge or BulkForm.Collect:
                var done = await change.Run(account, action, form, items, http.RequestAborted);
                if (done.Declined) return await Again(done.Refusal);
                flash.Give(http, FlashName, done.Value);
                return Pages.See("/library" + http.Request.QueryString);
            default:
                return await Again(Refusal.Invalid("ids", "Say what is to be done with them."));
        }

        async Task<IResult> Again(Refusal refusal) =>
            Pages.Page<LibraryPage>(await Model(http, reads) with { Bulk = form, Errors = FormErrors.Of(refusal) }, Pages.StatusOf(refusal));
    }
}
