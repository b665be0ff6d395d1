using System.Globalization;
using System.Text;
using Rpd.Server.Accounts;
using Rpd.Server.Audit;
using Rpd.Server.Http;
using Rpd.Server.Promotions;
using Rpd.Shared;
using Rpd.Shared.Promotions;
using Rpd.Web.Admin;
using static Rpd.Server.Http.Pages;

namespace Rpd.Server.Admin;

/// <summary>Batches of codes: made, counted, revoked. What a batch's codes follow from survives the redirect in a sealed cookie, and they are shown once.</summary>
public static class CodePages
{
    private const string Home = "/admin/codes", Made = "codes-made", Said = "codes-said";

    public static void MapCodePages(this IEndpointRouteBuilder admin)
    {
        admin.MapGet("/codes", (HttpContext http, DrawCodes draw, Flash flash) => draw.Show(http, made: flash.Take(http, Made), said: flash.Take(http, Said)));
        admin.MapPost("/codes", Make);
        admin.MapPost("/codes/{id:guid}/csv", Csv);
        admin.MapPost("/codes/{id:guid}/revoke", async (Guid id, HttpContext http, RevokeCodes revoke, Flash flash) =>
        {
            if (await revoke.Run(Actor.Of(http, http.User.AccountId()!.Value), id, http.RequestAborted) is not null) return Results.NotFound();
            flash.Give(http, Said, "The batch is revoked: none of its codes works any more.");
            return See(Home);
        });
        admin.MapGet("/codes/{id:guid}/{verb}", (Guid id, string verb) => See(Home));
    }

    private static async Task<IResult> Make(HttpContext http, MakeCodes make, DrawCodes draw, Flash flash)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = Fields.Of(form);
        var wanted = new NewBatch(fields.Text("note", 200), fields.Integer("codes", 1, MakeCodes.CodesMax), fields.Integer("credits", 1, MakeCodes.CreditsMax),
            fields.Choice("bucket", CodeBuckets.All), fields.Integer("usesPerCode", 1, MakeCodes.UsesMax), fields.Integer("days", 1, MakeCodes.DaysMax));
        var made = fields.Refusal is { } unread ? unread : await make.Run(Actor.Of(http, http.User.AccountId()!.Value), wanted, http.RequestAborted);
        if (made.Declined) return await draw.Show(http, form.ToDictionary(field => field.Key, field => field.Value.ToString()), FormErrors.Of(made.Refusal), status: StatusOf(made.Refusal));
        flash.Give(http, Made, $"{made.Value.Id} {Convert.ToHexStringLower(made.Value.Seed)}");
        return See(Home);
    }

    /// <summary>The same codes as a table, for the page that still has their seed.</summary>
    private static async Task<IResult> Csv(Guid id, HttpContext http, DrawCodes draw)
    {
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (await draw.Codes(id, form["seed"].ToString(), http.RequestAborted) is not var (batch, codes)) return Results.NotFound();
        http.Response.Headers.CacheControl = "no-store";
        var table = new StringBuilder("code,credits,uses,expires\r\n");
        foreach (var code in codes) table.Append(CultureInfo.InvariantCulture, $"{code},{batch.Credits},{batch.UsesPerCode},{batch.ExpiresAt:yyyy-MM-dd'T'HH:mm:ss'Z'}\r\n");
        return Results.File(Encoding.UTF8.GetBytes(table.ToString()), "text/csv; charset=utf-8", $"codes-{id}.csv");
    }
}
