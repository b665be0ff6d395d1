using System.Text.Json;
using Rpd.Server.ApiKeys;
using Rpd.Server.Catalog;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Server.Prompts;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

public static class GenerationsApi
{
    public static void MapGenerationsApi(this IEndpointRouteBuilder api)
    {
        var generations = api.MapGroup("/generations");
        generations.MapPost("", Create).Needs(Scopes.Generate).LimitedAsGeneration()
            .Describe("Create a generation", "Checks the request, reserves its price and queues it. Ask for its state by `GET /v1/generations/{id}` until it has ended, or be told by a webhook.")
            .Takes<NewGenerationBody>("""{"type":"text2image","provider":"studio","model":"studio-sketch","prompt":"A golden retriever running through a sunflower field","params":{"aspectRatio":"16:9"}}""")
            .Gives<CreatedGenerationView>(201, """{"status":"queued","receipt":{"reserved":1,"captured":0,"refunded":0,"balanceAfter":499}}""")
            .Refuses("CONTENT_VIOLATION", "INSUFFICIENT_CREDITS", "SPEND_CAP_REACHED", "PROVIDER_UNAVAILABLE");
        generations.MapGet("", List).Needs(Scopes.Read)
            .Describe("List your generations", "Newest first.").Filters<GenerationFilter>().GivesPage<GenerationView>();
        generations.MapGet("/{id:guid}", Read).Needs(Scopes.Read)
            .Describe("Get a generation", "One's own, or a published one of anybody. `outputUrls` are good for 24 hours from this answer on.").Gives<GenerationView>();
        generations.MapPatch("/{id:guid}", Change).Needs(Scopes.Generate)
            .Describe("Change a generation", "Renames, publishes or withdraws it. What failed or was cancelled cannot be published.")
            .Takes<GenerationChangesBody>("""{"title":"Sunflowers","visibility":"public"}""").Gives<GenerationView>(example: """{"visibility":"public"}""").Refuses("CONTENT_VIOLATION", "CONFLICT");
        generations.MapDelete("/{id:guid}", Cancel).Needs(Scopes.Generate)
            .Describe("Cancel a generation", "Stops one that is queued or processing and returns its credits. One that has ended answers `CONFLICT`.")
            .Gives<GenerationView>(example: """{"status":"cancelled","progress":40,"outputUrls":[],"outputs":[],"creditsRefunded":1,"receipt":{"reserved":1,"captured":0,"refunded":1,"balanceAfter":500}}""")
            .Refuses("CONFLICT");
    }

    private static async Task<IResult> Create(HttpContext http, ModelCatalog catalog, StartGeneration start, Idempotency idempotency, Moderation moderation, TimeProvider time)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        if (await moderation.Refuse(body.Value.Object, http.RequestAborted) is { } violation) return ApiAnswers.Refuse(violation);
        var payer = http.Credential().Payer("native", time.GetUtcNow());
        if (http.Request.Headers[Idempotency.Header].FirstOrDefault() is { Length: > 0 } key)
            return await CreateOnce(http, body.Value, key, payer, catalog, start, idempotency);
        var asked = NewGeneration.Read(body.Value.Fields, ParamNames(body.Value.Object), catalog);
        if (asked.Declined) return ApiAnswers.Refuse(asked.Refusal);
        var started = await start.Run(asked.Value, payer, within: null, http.RequestAborted);
        if (started.Declined) return ApiAnswers.Refuse(started.Refusal);
        return new BytesAnswer(Answer(asked.Value, started.Value), Replayed: false);
    }

    private static async Task<IResult> CreateOnce(
        HttpContext http, JsonBody body, string key, Payer payer, ModelCatalog catalog, StartGeneration start, Idempotency idempotency)
    {
        var id = Guid.Empty;
        var once = await idempotency.Once(payer.AccountId, key, Idempotency.Fingerprint(http.Request, body.Bytes.Span), async transaction =>
        {
            // Read only now: a repeated request gets its first answer, whatever has become of the model since.
            var asked = NewGeneration.Read(body.Fields, ParamNames(body.Object), catalog);
            if (asked.Declined) return asked.Refusal;
            var started = await start.Run(asked.Value, payer, transaction, http.RequestAborted);
            if (started.Declined) return started.Refusal;
            id = started.Value.Id;
            return Answer(asked.Value, started.Value);
        }, http.RequestAborted);
        if (once.Declined)
        {
            if (once.Refusal.Status == 409) http.Response.Headers.RetryAfter = "1";
            return ApiAnswers.Refuse(once.Refusal);
        }
        if (!once.Value.Replayed) start.Announce(payer.AccountId, id);
        return new BytesAnswer(once.Value.Answer, once.Value.Replayed);
    }

    private static async Task<IResult> List(HttpContext http, GenerationQueries generations, Cursors cursors, PublicAddress address)
    {
        var query = ListQuery.Read(http, "generations", cursors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var filter = Filter(http.Request.Query);
        if (filter.Declined) return ApiAnswers.Refuse(filter.Refusal);
        var before = query.Value.Position is { } position ? Guid.Parse(position) : (Guid?)null;
        var page = await generations.List(http.Credential().AccountId, filter.Value, before, query.Value.Limit, http.RequestAborted);
        return ApiAnswers.Page(new Page<GenerationView>([.. page.Items.Select(item => OutputViews.Whole(item, address))], page.NextCursor));
    }

    private static async Task<IResult> Read(Guid id, HttpContext http, GenerationQueries generations, PublicAddress address) =>
        await generations.Find(http.Credential().AccountId, id, http.RequestAborted) is { } found
            ? ApiAnswers.Data(OutputViews.Whole(found, address)) : ApiAnswers.Refuse(Refusal.NotFound("The generation"));

    private static async Task<IResult> Change(Guid id, HttpContext http, ChangeGeneration change, GenerationQueries generations, PublicAddress address)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var title = fields.Text("title", 120);
        var visibility = fields.Choice("visibility", Visibility.All);
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        // Null clears a title; a title that is not mentioned stays.
        var changes = new GenerationChanges(body.Value.Object.TryGetProperty("title", out _), string.IsNullOrWhiteSpace(title) ? null : title.Trim(), visibility);
        var account = http.Credential().AccountId;
        if (await change.Run(account, id, changes, http.RequestAborted) is { } refusal) return ApiAnswers.Refuse(refusal);
        return ApiAnswers.Data(OutputViews.Whole((await generations.Own(account, id, http.RequestAborted))!, address));
    }

    private static async Task<IResult> Cancel(Guid id, HttpContext http, CancelGeneration cancel, GenerationQueries generations, PublicAddress address)
    {
        var account = http.Credential().AccountId;
        return await cancel.Run(account, id, http.RequestAborted) is { } refusal
            ? ApiAnswers.Refuse(refusal) : ApiAnswers.Data(OutputViews.Whole((await generations.Own(account, id, http.RequestAborted))!, address));
    }

    private static IEnumerable<string> ParamNames(JsonElement body) =>
        body.TryGetProperty("params", out var sent) && sent.ValueKind == JsonValueKind.Object ? sent.EnumerateObject().Select(param => param.Name).Distinct() : [];

    private static Outcome<GenerationFilter> Filter(IQueryCollection query)
    {
        var fields = Fields.Of(query);
        var filter = new GenerationFilter(fields.Choice("status", GenerationStatus.All), fields.Choice("type", GenerationTypes.All), fields.Text("provider", 200),
            fields.Text("model", 200), fields.Id("comparisonId"), fields.Id("batchId"), fields.Choice("visibility", Visibility.All), fields.Text("q", 200));
        return fields.Refusal is { } wrong ? wrong : filter;
    }

    private static StoredAnswer Answer(NewGeneration asked, StartedGeneration started) => new(201, $"{Api.Prefix}/generations/{started.Id}",
        JsonSerializer.SerializeToUtf8Bytes(new ApiAnswers.DataBody<CreatedGenerationView>(new(started.Id, GenerationStatus.Queued, asked.Type, asked.Entry.Provider,
            asked.Entry.Id, started.CreditsCost, started.CreatedAt, asked.IgnoredParams, new ReceiptView(started.CreditsCost, 0, 0, started.Balance))), ApiAnswers.Json));
}
