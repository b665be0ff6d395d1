using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Http;
using Rpd.Server.Plans;
using Rpd.Server.Prompts;
using Rpd.Shared;
using Rpd.Web.Playground;

namespace Rpd.Server.Generations.Playground;

/// <summary>The form was sent: it starts a generation, or comes back with everything that is wrong with it.</summary>
public static class RunForm
{
    public static async Task<IResult> Run(
        HttpContext http, ModelCatalog catalog, IOwnKeys keys, InputLengths lengths, TakeForm take, DrawPlayground draw, StartGeneration start, Idempotency idempotency, RateLimits limits,
        GenerationQueries generations, CreditQueries credits, Moderation moderation, PlanList plans)
    {
        var account = http.User.AccountId()!.Value;
        var balance = await credits.Balance(account, http.RequestAborted);
        var taken = await take.Run(http, account, plans.Of(balance.Plan));
        var form = taken.Form;
        var own = await keys.Of(account, http.RequestAborted);
        var known = await lengths.Of(account, form, http.RequestAborted);
        var asked = NewGeneration.Read(Fields.Of(taken.Fields), form.Params.Keys, catalog, own, lengths: known);
        if (taken.Wrong.Count > 0) return await Again(Refusal.Invalid([.. taken.Wrong, .. (asked.Refusal?.Details ?? []).Where(error => taken.Wrong.All(known => known.Field != error.Field))]));
        if (asked.Declined) return await Again(asked.Refusal);
        var admission = limits.Take(LimitKind.Generations, account, null, balance.Plan);
        if (!admission.Admitted) return await Again(RateLimits.Refuse(admission));
        if (await moderation.Refuse([form.Prompt, taken.Fields["title"]], http.RequestAborted) is { } violation) return await Again(violation);

        // The form carries an id made when it was drawn: a double click or a resent post starts one generation.
        var payer = new Payer(account, "pages", balance.Plan);
        var id = Guid.Empty;
        var once = await idempotency.Once(account, "page:", form.RequestId ?? Guid.CreateVersion7().ToString("N"), PlaygroundForms.Fingerprint(taken.Sent), async transaction =>
        {
            var started = await start.Run(asked.Value, payer, transaction, http.RequestAborted);
            if (started.Declined) return started.Refusal;
            id = started.Value.Id;
            return new StoredAnswer(303, $"/library/{id}", id.ToByteArray());
        }, http.RequestAborted);
        if (once.Declined) return await Again(PlaygroundForms.Said(once.Refusal));
        if (once.Value.Replayed) id = new Guid(once.Value.Answer.Body);
        else start.Announce(payer, id, asked.Value.Entry.Provider);
        if (!Pages.TakesStreams(http.Request)) return Pages.See($"/library/{id}");
        var made = await generations.Own(account, id, http.RequestAborted);
        var left = balance.Balance - (once.Value.Replayed ? 0 : asked.Value.Price.Credits);
        return Pages.Streams<StartedStream>(new StartedModel(made!, PlaygroundForms.PriceOf(form, catalog, left, own, known), PlaygroundForms.NewRequestId()));

        async Task<IResult> Again(Refusal refusal) => Pages.Page<PlaygroundPage>(
            await draw.Run(account, form, FormErrors.Of(refusal), http.RequestAborted, refused: refusal.Code), refusal.Status is 402 or 429 or 503 ? refusal.Status : 422);
    }
}
