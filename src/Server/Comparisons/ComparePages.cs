using Microsoft.Extensions.Primitives;
using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Generations.Playground;
using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Server.Prompts;
using Rpd.Shared.Generations;
using Rpd.Shared;
using Rpd.Web.Compare;

namespace Rpd.Server.Comparisons;

/// <summary>Where a comparison is put together: its form, its price and the earlier ones. Its places for files are the playground's.</summary>
public static class ComparePages
{
    public static void MapComparePages(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/compare").RequireAuthorization();
        own.MapGet("", Show);
        own.MapGet("/price", Price);
        own.MapInputs(Inputs);
        var forms = own.TakingFiles();
        forms.MapPost("", Run);
        forms.MapPost("/form", Change);
        // Reloading a form that came back without scripts leads back.
        foreach (var path in new[] { "/form", "/upload" }) own.MapGet(path, () => Pages.See("/compare"));
    }

    private static async Task<IResult> Show(HttpContext http, ModelCatalog catalog, DrawCompare draw, ComparisonQueries comparisons, EarlierInputs earlier)
    {
        var (query, account) = (http.Request.Query, http.User.AccountId()!.Value);
        var form = CompareForm.Read(query);
        if (Guid.TryParse(query["from"], out var from) && await comparisons.Find(account, from, http.RequestAborted) is { } again)
        {
            form = CompareForm.Again(again.Entries);
            form = form.With(await earlier.Into(form.Files, account, again.Entries[0].Id, http.RequestAborted));
        }
        return await Page(http, draw, Settle(form, catalog), FormErrors.None, StatusCodes.Status200OK);
    }

    // For the frame of that name. Anybody else who comes here (from sign-in, after a session has ended) wants a page.
    private static async Task<IResult> Price(HttpContext http, ModelCatalog catalog, IOwnKeys keys, InputLengths lengths, CreditQueries credits)
    {
        if (!http.Request.Headers.ContainsKey("Turbo-Frame")) return Pages.See("/compare" + http.Request.QueryString);
        var account = http.User.AccountId()!.Value;
        var balance = await credits.Balance(account, http.RequestAborted);
        var form = Settle(CompareForm.Read(http.Request.Query), catalog);
        return Pages.Page<CompareTotal>(ComparePrice.Of(form, catalog, await keys.Of(account, http.RequestAborted), balance.Balance, await lengths.Of(account, form, http.RequestAborted)));
    }

    private static async Task<IResult> Run(
        HttpContext http, ModelCatalog catalog, IOwnKeys keys, InputLengths lengths, TakeForm take, DrawCompare draw, StartComparison start, RateLimits limits, CreditQueries credits, PlanList plans, Moderation moderation)
    {
        var account = http.User.AccountId()!.Value;
        var plan = (await credits.Balance(account, http.RequestAborted)).Plan;
        var own = await keys.Of(account, http.RequestAborted);
        var (form, sent, wrong) = await Take(http, catalog, own, take, plans.Of(plan));
        var asked = CompareRequest.Read(form, catalog, own, await lengths.Of(account, form, http.RequestAborted));
        if (wrong.Count > 0) return await Again(Refusal.Invalid([.. wrong, .. (asked.Refusal?.Details ?? []).Where(error => wrong.All(known => known.Field != error.Field))]));
        if (asked.Declined) return await Again(asked.Refusal);
        var admission = limits.Take(LimitKind.Generations, account, null, plan);
        if (!admission.Admitted) return await Again(RateLimits.Refuse(admission));
        if (await moderation.Refuse([form.Prompt], http.RequestAborted) is { } violation) return await Again(violation);
        var started = await start.Run(asked.Value, new(account, "pages", plan), form.RequestId ?? PlaygroundForms.NewRequestId(), PlaygroundForms.Fingerprint(sent), http.RequestAborted);
        if (started.Declined) return await Again(PlaygroundForms.Said(started.Refusal));
        limits.Debit(LimitKind.Generations, account, null, plan, asked.Value.Count - 1);
        return Pages.See($"/compare/{started.Value}");

        Task<IResult> Again(Refusal refusal) => Page(http, draw, form, FormErrors.Of(refusal), refusal.Status is 402 or 429 or 503 ? refusal.Status : 422);
    }

    /// <summary>Without scripts a file is taken out of its place by the server.</summary>
    private static async Task<IResult> Change(HttpContext http, ModelCatalog catalog, IOwnKeys keys, TakeForm take, DrawCompare draw, CreditQueries credits, PlanList plans)
    {
        var account = http.User.AccountId()!.Value;
        var plan = plans.Of((await credits.Balance(account, http.RequestAborted)).Plan);
        var (form, _, wrong) = await Take(http, catalog, await keys.Of(account, http.RequestAborted), take, plan);
        if (http.Request.Form["do"].ToString().Split(':', 2) is ["remove", var field]) form = form.With(form.Files.WithInput(field, null));
        return await Page(http, draw, form, new(wrong), wrong.Count > 0 || Pages.TakesStreams(http.Request) ? 422 : 200);
    }

    private static async Task<(CompareForm Form, Dictionary<string, StringValues> Sent, IReadOnlyList<FieldError> Wrong)> Take(HttpContext http, ModelCatalog catalog, OwnKeys own, TakeForm take, Plan plan)
    {
        var posted = await http.Request.ReadFormAsync(http.RequestAborted);
        var sent = PlaygroundForms.Sent(posted);
        var form = Settle(CompareForm.Read(sent), catalog);
        var (files, wrong) = await take.Files(posted.Files, Inputs(form, catalog, own).Slots, form.Files, http.User.AccountId()!.Value, plan, http.RequestAborted);
        return (form.With(files), sent, wrong);
    }

    private static async Task<IResult> Page(HttpContext http, DrawCompare draw, CompareForm form, FormErrors errors, int status) =>
        Pages.Page<ComparePage>(await draw.Run(http.User.AccountId()!.Value, form, errors, http.Request.Query["cursor"].FirstOrDefault(), http.RequestAborted), status);

    private static AskedInputs Inputs(IEnumerable<KeyValuePair<string, StringValues>> fields, ModelCatalog catalog, OwnKeys own) => Inputs(Settle(CompareForm.Read(fields), catalog), catalog, own);

    private static AskedInputs Inputs(CompareForm form, ModelCatalog catalog, OwnKeys own) =>
        new(form.Files, SharedInputs.Of(form.Type!, [.. catalog.List(form.Type, null, null, own).Where(model => model.Available)]), form.Desk);

    private static CompareForm Settle(CompareForm form, ModelCatalog catalog)
    {
        var type = form.Type is not null && GenerationTypes.All.Contains(form.Type) ? form.Type
            : form.Models.Select(catalog.Find).FirstOrDefault(entry => entry is not null)?.SupportedTypes[0] ?? GenerationTypes.TextToImage;
        return form with { Type = type };
    }
}
