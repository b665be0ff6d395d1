using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Primitives;
using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Server.Prompts;
using Rpd.Shared;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;
using Rpd.Web.Playground;

namespace Rpd.Server.Generations;

/// <summary>Where a person makes things: the form, its price, and what came of it. The form speaks the API's field names.</summary>
public static class PlaygroundPages
{
    private const int RecentShown = 12;

    public static void MapPlaygroundPages(this IEndpointRouteBuilder pages)
    {
        var own = pages.MapGroup("/playground").RequireAuthorization();
        own.MapGet("", Show);
        own.MapGet("/price", Price);
        own.MapPost("", Run);
    }

    private static async Task<IResult> Show(HttpContext http, ModelCatalog catalog, GenerationQueries generations, CreditQueries credits, PublicAddress address)
    {
        var form = Settle(await Asked(http, generations), catalog);
        return Pages.Page<PlaygroundPage>(await Model(http, form, FormErrors.None, catalog, generations, credits, address));
    }

    // An earlier run, or somebody's work, travels as its id: its prompt need not fit an address.
    private static async Task<PlaygroundForm> Asked(HttpContext http, GenerationQueries generations)
    {
        var (account, query) = (http.User.AccountId()!.Value, http.Request.Query);
        if (Guid.TryParse(query["from"], out var from) && await generations.Own(account, from, http.RequestAborted) is { } run) return PlaygroundForm.Again(run);
        if (Guid.TryParse(query["work"], out var work) && await generations.Find(account, work, http.RequestAborted) is { } shown) return PlaygroundForm.WithPromptOf(shown);
        return PlaygroundForm.Read(query);
    }

    // For the frame of that name. Anybody else who comes here (from sign-in, after a session has ended) wants a page.
    private static async Task<IResult> Price(HttpContext http, ModelCatalog catalog, CreditQueries credits)
    {
        if (!http.Request.Headers.ContainsKey("Turbo-Frame")) return Pages.See("/playground" + http.Request.QueryString);
        var form = Settle(PlaygroundForm.Read(http.Request.Query), catalog);
        var balance = await credits.Balance(http.User.AccountId()!.Value, http.RequestAborted);
        return Pages.Page<PricePanel>(PriceOf(form, catalog, balance.Balance));
    }

    private static async Task<IResult> Run(
        HttpContext http, ModelCatalog catalog, StartGeneration start, Idempotency idempotency, RateLimits limits, GenerationQueries generations,
        CreditQueries credits, Moderation moderation, PublicAddress address)
    {
        var posted = PlainLines(await http.Request.ReadFormAsync(http.RequestAborted));
        var form = Settle(PlaygroundForm.Read(posted), catalog);
        var account = http.User.AccountId()!.Value;
        var balance = await credits.Balance(account, http.RequestAborted);
        var asked = NewGeneration.Read(Fields.Of(posted), form.Params.Keys, catalog);
        if (asked.Declined) return await Again(asked.Refusal);
        var admission = limits.Take(LimitKind.Generations, account, null, balance.Plan);
        if (!admission.Admitted) return await Again(RateLimits.Refuse(admission));

        if (await moderation.Refuse([form.Prompt, posted["title"]], http.RequestAborted) is { } violation) return await Again(violation);

        // The form carries an id made when it was drawn: a double click or a resent post starts one generation.
        var payer = new Payer(account, "pages", balance.Plan);
        var id = Guid.Empty;
        var once = await idempotency.Once(account, "page:", form.RequestId ?? Guid.CreateVersion7().ToString("N"), Fingerprint(posted), async transaction =>
        {
            var started = await start.Run(asked.Value, payer, transaction, http.RequestAborted);
            if (started.Declined) return started.Refusal;
            id = started.Value.Id;
            return new StoredAnswer(303, $"/library/{id}", id.ToByteArray());
        }, http.RequestAborted);
        if (once.Declined) return await Again(Said(once.Refusal));
        if (once.Value.Replayed) id = new Guid(once.Value.Answer.Body);
        else start.Announce(payer, id);
        if (!Pages.TakesStreams(http.Request)) return Pages.See($"/library/{id}");
        var made = await generations.Own(account, id, http.RequestAborted);
        return Pages.Streams<StartedStream>(new StartedModel(made!, PriceOf(form, catalog, balance.Balance - (once.Value.Replayed ? 0 : asked.Value.Price.Credits)), NewRequestId()));

        async Task<IResult> Again(Refusal refusal) =>
            Pages.Page<PlaygroundPage>(await Model(http, form, FormErrors.Of(refusal), catalog, generations, credits, address), refusal.Status is 402 or 429 or 503 ? refusal.Status : 422);
    }

    private static async Task<PlaygroundModel> Model(
        HttpContext http, PlaygroundForm form, FormErrors errors, ModelCatalog catalog, GenerationQueries generations, CreditQueries credits, PublicAddress address)
    {
        var account = http.User.AccountId()!.Value;
        var balance = await credits.Balance(account, http.RequestAborted);
        var recent = await generations.List(account, new(), null, RecentShown, http.RequestAborted);
        return new(form with { RequestId = NewRequestId() }, errors, [.. catalog.All.Select(catalog.View)], PriceOf(form, catalog, balance.Balance), recent.Items, address.Base);
    }

    // What was not chosen is chosen for them: a type that works here, and the type's first model that works.
    private static PlaygroundForm Settle(PlaygroundForm form, ModelCatalog catalog)
    {
        var entry = form.Model is null ? null : catalog.Find(form.Model);
        var type = form.Type is not null && GenerationTypes.All.Contains(form.Type) ? form.Type : entry?.SupportedTypes[0] ?? GenerationTypes.TextToImage;
        if (entry is null || !entry.SupportedTypes.Contains(type))
            entry = catalog.All.Where(other => other.SupportedTypes.Contains(type)).OrderBy(other => catalog.Unavailable(other) is null ? 0 : 1).FirstOrDefault();
        return form with { Type = type, Model = entry?.Id, Provider = entry?.Provider };
    }

    private static PriceModel PriceOf(PlaygroundForm form, ModelCatalog catalog, long balance)
    {
        if (form.Model is null || catalog.Find(form.Model) is not { } entry) return new(null, Refusal.Invalid("model", "Choose a model."), balance);
        var text = form.Params.ToDictionary(param => param.Key, param => System.Text.Json.JsonSerializer.SerializeToElement(param.Value));
        var fields = Fields.Of(System.Text.Json.JsonSerializer.SerializeToElement(new { })).Within(System.Text.Json.JsonSerializer.SerializeToElement(text), "params", typed: false);
        var parameters = RequestParams.Read(fields, text.Keys, entry);
        if (fields.Refusal is { } wrong) return new(null, wrong, balance);
        var count = int.TryParse(form.Count, out var wanted) ? Math.Clamp(wanted, 1, 4) : 1;
        var prompt = int.TryParse(form.Chars, out var characters) ? new string('x', Math.Clamp(characters, 0, CatalogEntry.PromptMaxOfAll)) : form.Prompt;
        var price = Prices.Of(entry, form.Type!, parameters.Values, prompt, count);
        return new(price.Value, price.Refusal, balance);
    }

    // Browsers send the lines of a form with CR and LF: two characters, where the page has counted one.
    internal static FormCollection PlainLines(IFormCollection form) => new(form.ToDictionary(
        field => field.Key, field => new StringValues([.. field.Value.Select(text => text?.Replace("\r\n", "\n", StringComparison.Ordinal))])));

    // Idempotency keys are the API's; a page was sent twice.
    internal static Refusal Said(Refusal refusal) => refusal.Code switch
    {
        "IDEMPOTENCY_IN_PROGRESS" => refusal with { Message = "This is being started already: it appears in your library in a moment." },
        "IDEMPOTENCY_MISMATCH" => refusal with { Message = "This form was sent before, with something else in it. Send it again to start this as well." },
        _ => refusal,
    };

    internal static byte[] Fingerprint(IFormCollection posted) => SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n',
        posted.Where(field => !field.Key.StartsWith("__", StringComparison.Ordinal)).OrderBy(field => field.Key, StringComparer.Ordinal).Select(field => $"{field.Key}={field.Value}"))));

    internal static string NewRequestId() => Guid.CreateVersion7().ToString("N");
}
