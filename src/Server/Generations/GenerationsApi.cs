using Rpd.Server.Credits;
using System.Text.Json;
using Rpd.Server.ApiKeys;
using Rpd.Server.Catalog;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Server.Prompts;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Generations;
using Rpd.Shared;

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
            .Refuses("CONTENT_VIOLATION", "INSUFFICIENT_CREDITS", "SPEND_CAP_REACHED", "QUEUE_ERROR", "PROVIDER_UNAVAILABLE");
        generations.MapPost("/compare", CompareModels.Run).Needs(Scopes.Generate).LimitedAsGeneration()
            .Describe("Compare models", "One prompt for two to six models. Each is a generation of its own and counts as one; all of them start or none does.")
            .Takes<NewComparisonBody>("""{"type":"text2image","prompt":"A lighthouse in fog","models":[{"provider":"studio","model":"studio-sketch"},{"provider":"studio","model":"studio-sketch","params":{"seed":7}}],"params":{"aspectRatio":"16:9"}}""")
            .Gives<CreatedComparisonView>(201).Refuses("CONTENT_VIOLATION", "INSUFFICIENT_CREDITS", "SPEND_CAP_REACHED", "QUEUE_ERROR", "PROVIDER_UNAVAILABLE");
        generations.MapGet("", List).Needs(Scopes.Read)
            .Describe("List your generations", "Newest first.").Filters<GenerationFilter>().GivesPage<GenerationView>();
        generations.MapGet("/{id:guid}", Read).Needs(Scopes.Read)
            .Describe("Get a generation", "One's own, or a published one of anybody. `outputUrls` are good for 24 hours from this answer on.").Gives<GenerationView>();
        generations.MapPatch("/{id:guid}", Change).Needs(Scopes.Generate)
            .Describe("Change a generation", "Renames, publishes or withdraws it. What failed or was cancelled cannot be published.")
            .Takes<GenerationChangesBody>("""{"title":"Sunflowers","visibility":"public"}""").Gives<GenerationView>(example: """{"visibility":"public"}""").Refuses("CONTENT_VIOLATION", "CONFLICT");
        generations.MapDelete("/{id:guid}", Delete).Needs(Scopes.Generate).Filters<DeletionFilter>()
            .Describe("Cancel a generation", "Stops one that is queued or processing and returns its credits. One that has ended answers `CONFLICT`, unless `purge` erases it.")
            .Gives<GenerationView>(example: """{"status":"cancelled","progress":40,"outputUrls":[],"outputs":[],"creditsRefunded":1,"receipt":{"reserved":1,"captured":0,"refunded":1,"balanceAfter":500}}""")
            .Refuses("CONFLICT");
        api.MapBatchApi();
        api.MapRecommendApi();
    }

    private static async Task<IResult> Create(HttpContext http, ModelCatalog catalog, IOwnKeys keys, InputLengths lengths, StartGeneration start, Moderation moderation, TimeProvider time)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var own = await CallersKeys.Of(http, keys, catalog, [body.Value.Object]);
        var asked = NewGeneration.Read(body.Value.Fields, NewGeneration.ParamNames(body.Value.Object), catalog, own, http.Credential().Test,
            lengths: await lengths.Of(http.Credential().AccountId, http.Credential().Test, [body.Value.Object], [body.Value.Object], http.RequestAborted));
        if (asked.Declined) return ApiAnswers.Refuse(asked.Refusal);
        if (await moderation.Refuse([asked.Value.Prompt, asked.Value.Title], http.RequestAborted) is { } violation) return ApiAnswers.Refuse(violation);
        var payer = http.Credential().Payer("native", time.GetUtcNow());
        var once = http.Idempotent();
        var started = await start.Run(asked.Value, payer, once?.Transaction, http.RequestAborted);
        if (started.Declined) return ApiAnswers.Refuse(started.Refusal);
        var answer = CreatedAnswers.One(asked.Value, started.Value);
        if (once is not null)
        {
            await once.Commit(answer, http.RequestAborted);
            start.Announce(payer, started.Value.Id, asked.Value.Entry.Provider);
        }
        return new BytesAnswer(answer, Replayed: false);
    }

    private static async Task<IResult> List(HttpContext http, GenerationQueries generations, Cursors cursors, PublicAddress address)
    {
        var filter = Filter(http.Request.Query);
        var query = ListQuery.Read(http, "generations", cursors, filter.Refusal?.Details);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var before = query.Value.Position is { } position ? Guid.Parse(position) : (Guid?)null;
        var page = await generations.List(http.Credential().AccountId, filter.Value!, before, query.Value.Limit, http.RequestAborted, http.Credential().Test);
        return ApiAnswers.Page(new Page<GenerationView>([.. page.Items.Select(item => OutputViews.Whole(item, address))], page.NextCursor));
    }

    private static async Task<IResult> Read(Guid id, HttpContext http, GenerationQueries generations, PublicAddress address) =>
        await generations.Find(http.Credential().AccountId, id, http.RequestAborted, http.Credential().Test) is { } found
            ? ApiAnswers.Data(OutputViews.Whole(found, address)) : ApiAnswers.Refuse(Refusal.NotFound("The generation"));

    private static async Task<IResult> Change(Guid id, HttpContext http, ChangeGeneration change, GenerationQueries generations, PublicAddress address)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var title = fields.Text("title", 120);
        var visibility = fields.Choice("visibility", Visibility.All);
        var mature = fields.Flag("mature");
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        // Null clears a title; a title that is not mentioned stays.
        var changes = new GenerationChanges(body.Value.Object.TryGetProperty("title", out _), string.IsNullOrWhiteSpace(title) ? null : title.Trim(), visibility, mature);
        var (account, test) = (http.Credential().AccountId, http.Credential().Test);
        if (await change.Run(account, id, changes, http.RequestAborted, test) is { } refusal) return ApiAnswers.Refuse(refusal);
        return await State(account, id, http, generations, address);
    }

    private static async Task<IResult> Delete(Guid id, HttpContext http, CancelGeneration cancel, PurgeGeneration purge, GenerationQueries generations, PublicAddress address)
    {
        var (account, test) = (http.Credential().AccountId, http.Credential().Test);
        var fields = Fields.Of(http.Request.Query);
        var purges = fields.Choice("purge", ["true", "false"]) == "true";
        if (fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        if (purges)
        {
            if (await generations.Own(account, id, http.RequestAborted, test) is not { } last) return ApiAnswers.Refuse(Refusal.NotFound("The generation"));
            return await purge.Run(account, id, http.RequestAborted, test) is { } refused ? ApiAnswers.Refuse(refused) : ApiAnswers.Data(last with { Outputs = [], OutputUrls = [] });
        }
        return await cancel.Run(account, id, http.RequestAborted, test) is { } refusal ? ApiAnswers.Refuse(refusal) : await State(account, id, http, generations, address);
    }

    /// <summary>After a change. It may have been purged since.</summary>
    private static async Task<IResult> State(Guid account, Guid id, HttpContext http, GenerationQueries generations, PublicAddress address) =>
        await generations.Own(account, id, http.RequestAborted, http.Credential().Test) is { } own
            ? ApiAnswers.Data(OutputViews.Whole(own, address)) : ApiAnswers.Refuse(Refusal.NotFound("The generation"));

    private static Outcome<GenerationFilter> Filter(IQueryCollection query)
    {
        var fields = Fields.Of(query);
        var filter = new GenerationFilter(fields.Choice("status", GenerationStatus.All), fields.Choice("type", GenerationTypes.All), fields.Text("provider", 200),
            fields.Text("model", 200), fields.Id("comparisonId"), fields.Id("batchId"), fields.Choice("visibility", Visibility.All), fields.Text("q", 200));
        return fields.Refusal is { } wrong ? wrong : filter;
    }
}
