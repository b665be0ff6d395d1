using Rpd.Server.Accounts;
using Rpd.Server.Files;
using Rpd.Server.Http;
using Rpd.Server.Media;
using Rpd.Shared.Generations;
using Rpd.Web.Playground;

namespace Rpd.Server.Generations.Playground;

/// <summary>One's own files to start from: what was made here, and what was uploaded.</summary>
public sealed class PickFiles(GenerationQueries generations, FileQueries files, PageInputs inputs, Cursors cursors)
{
    private const int LookedAt = 48;

    public async Task<IResult> Show(HttpContext http, AskedInputs asked)
    {
        if (asked.Slot(http.Request.Query["slot"]) is not { } slot) return Pages.See(asked.Desk.Path);
        var uploaded = http.Request.Query["source"] == "uploaded";
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = cursor is not null && cursors.Read(uploaded ? FileQueries.List : "generations", cursor) is { } position ? Guid.Parse(position) : (Guid?)null;
        var account = http.User.AccountId()!.Value;
        var (picks, next) = uploaded ? await Uploaded() : await Made();
        return Pages.Page<PicksPage>(new PicksModel(slot, asked.Desk, uploaded ? "uploaded" : "made", picks, next, before is null ? null : cursor));

        async Task<(IReadOnlyList<PickView>, string?)> Made()
        {
            var page = await generations.List(account, new(GenerationStatus.Completed), before, LookedAt, http.RequestAborted);
            return ([.. page.Items.SelectMany(run => run.Outputs.Where(output => slot.Takes(MediaTypes.Kind(output.ContentType))).Select(output => new PickView(inputs.Of(run, output), run.Id)))], page.NextCursor);
        }

        async Task<(IReadOnlyList<PickView>, string?)> Uploaded()
        {
            var page = await files.All(account, confirmed: true, before, LookedAt, http.RequestAborted);
            return ([.. page.Items.Where(file => slot.Takes(MediaTypes.Kind(file.ContentType))).Select(file => new PickView(inputs.Of(file), null))], page.NextCursor);
        }
    }
}
