using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Primitives;
using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Files;
using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Shared;
using Rpd.Web.Playground;

namespace Rpd.Server.Generations.Playground;

/// <summary>A form as far as its files go.</summary>
public sealed record AskedInputs(PlaygroundForm Form, IReadOnlyList<InputSlot> Slots, InputDesk Desk)
{
    public InputSlot? Slot(string? name) => Slots.FirstOrDefault(slot => slot.Name == name);
}

/// <summary>What serves the places for files of a page: one place drawn anew, one's own files to pick from, and an upload.</summary>
public static class InputPages
{
    /// <param name="own">The group of the page.</param>
    /// <param name="read">Its form, from an address or a post, for somebody with these provider keys.</param>
    public static void MapInputs(this IEndpointRouteBuilder own, Func<IEnumerable<KeyValuePair<string, StringValues>>, ModelCatalog, OwnKeys, AskedInputs> read)
    {
        own.MapGet("/input", async (HttpContext http, ModelCatalog catalog, IOwnKeys keys, DrawInput draw) => await Place(http, await Asked(http, http.Request.Query, catalog, keys), draw));
        own.MapGet("/picks", async (HttpContext http, ModelCatalog catalog, IOwnKeys keys, PickFiles picks) => await picks.Show(http, await Asked(http, http.Request.Query, catalog, keys)));
        own.TakingFiles().MapPost("/upload", async (HttpContext http, ModelCatalog catalog, IOwnKeys keys, DrawInput draw, TakeForm take, CreditQueries credits, PlanList plans, RateLimits limits) =>
            await Upload(http, await Asked(http, await http.Request.ReadFormAsync(http.RequestAborted), catalog, keys), draw, take, credits, plans, limits));

        async Task<AskedInputs> Asked(HttpContext http, IEnumerable<KeyValuePair<string, StringValues>> fields, ModelCatalog catalog, IOwnKeys keys) =>
            read(fields, catalog, await keys.Of(http.User.AccountId()!.Value, http.RequestAborted));
    }

    /// <summary>For forms that bring files.</summary>
    public static RouteGroupBuilder TakingFiles(this IEndpointRouteBuilder own) => own.MapGroup("").WithMetadata(new RequestSizeLimitAttribute(UploadFile.PageBytesMax + 1_000_000));

    /// <summary>The largest file that a place takes.</summary>
    public static long BytesMax(Plan plan) => UploadFile.Most(plan);

    // For the frame of that name. Anybody else who comes here (from sign-in, after a session has ended) wants a page.
    private static async Task<IResult> Place(HttpContext http, AskedInputs asked, DrawInput draw)
    {
        if (!http.Request.Headers.ContainsKey("Turbo-Frame")) return Pages.See(asked.Desk.Path + http.Request.QueryString);
        return asked.Slot(http.Request.Query["slot"]) is { } slot ? Pages.Page<InputField>(await draw.Run(http.User.AccountId()!.Value, asked, slot, FormErrors.None, http.RequestAborted)) : Results.NotFound();
    }

    // One file from a script that shows how far it is.
    private static async Task<IResult> Upload(HttpContext http, AskedInputs asked, DrawInput draw, TakeForm take, CreditQueries credits, PlanList plans, RateLimits limits)
    {
        var account = http.User.AccountId()!.Value;
        var plan = plans.Of((await credits.Balance(account, http.RequestAborted)).Plan);
        if (asked.Slot(http.Request.Form["slot"]) is not { } slot || http.Request.Form.Files.GetFile("file") is not { } file) return Results.StatusCode(StatusCodes.Status422UnprocessableEntity);
        var admission = limits.Take(LimitKind.General, account, null, plan.Name);
        var taken = admission.Admitted ? await take.Take(slot, file, account, plan, http.RequestAborted) : RateLimits.Refuse(admission);
        if (!Pages.TakesStreams(http.Request)) return Pages.See(taken.Declined ? asked.Desk.With() : asked.Desk.With((taken.Value.Field, taken.Value.Value)));
        if (!taken.Declined) asked = asked with { Form = asked.Form.WithInput(taken.Value.Field, taken.Value.Value) };
        var errors = taken.Declined ? FormErrors.Of(slot.Name, taken.Refusal.Message) : FormErrors.None;
        return Pages.Streams<InputStream>(await draw.Run(account, asked, slot, errors, http.RequestAborted), taken.Declined ? 422 : 200);
    }
}

/// <summary>Puts together what one place shows.</summary>
public sealed class DrawInput(PageInputs inputs, CreditQueries credits, PlanList plans)
{
    public async Task<InputModel> Run(Guid account, AskedInputs asked, InputSlot slot, FormErrors errors, CancellationToken cancel)
    {
        var (form, given) = await inputs.Of(account, asked.Form, cancel);
        var balance = await credits.Balance(account, cancel);
        return new(slot, given.FirstOrDefault(input => slot.Fields.Values.Contains(input.Field)), form, errors, InputPages.BytesMax(plans.Of(balance.Plan))) { Desk = asked.Desk };
    }
}
