using Rpd.Server.Accounts;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Explore;
using Rpd.Web.Explore;

namespace Rpd.Server.Gallery;

/// <summary>What somebody wants to meet in lists.</summary>
public static class ContentSettings
{
    public static void MapContentSettings(this IEndpointRouteBuilder pages)
    {
        var settings = pages.MapGroup("/settings/content").RequireAuthorization();
        settings.MapGet("", async (HttpContext http, MatureChoice choice) =>
            Pages.Page<ContentPage>(new ContentModel(await choice.Of(http.User.AccountId(), http.RequestAborted), FormErrors.None, Saved: http.Request.Query.ContainsKey("saved"))));
        settings.MapPost("", Save);
    }

    private static async Task<IResult> Save(HttpContext http, MatureChoice choice)
    {
        var account = http.User.AccountId()!.Value;
        var fields = Fields.Of(await http.Request.ReadFormAsync(http.RequestAborted));
        var chosen = fields.Choice("mature", MatureWorks.All, required: true);
        if (fields.Refusal is not null)
            return Pages.Page<ContentPage>(new ContentModel(await choice.Of(account, http.RequestAborted), FormErrors.Of("mature", "Choose one of these."), Saved: false), 422);
        await choice.Choose(account, chosen!, http.RequestAborted);
        return Pages.See("/settings/content?saved=1");
    }
}
