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

/// <summary>Many generations in one request, all of them or none, and how far they are.</summary>
public static class BatchApi
{
    public const int ItemsMax = 50;

    public static void MapBatchApi(this IEndpointRouteBuilder api)
    {
        api.MapPost("/batch", Create).Needs(Scopes.Generate).LimitedAsGeneration()
            .Describe("Create a batch", "Up to 50 generations, each of which counts as one; all of them start or none does. Errors name every item that is wrong.")
            .Takes<NewBatchBody>("""{"items":[{"type":"text2image","provider":"studio","model":"studio-sketch","prompt":"A lighthouse in fog"},{"type":"text2image","provider":"studio","model":"studio-sketch","prompt":"A lighthouse at noon"}]}""")
            .Gives<CreatedBatchView>(201).Refuses("CONTENT_VIOLATION", "INSUFFICIENT_CREDITS", "SPEND_CAP_REACHED", "QUEUE_ERROR", "PROVIDER_UNAVAILABLE");
        api.MapGet("/batch/{id:guid}", Read).Needs(Scopes.Read)
            .Describe("Get a batch", "How many of its items are in which state, and the items.").InPath("id", "The id of the batch.", "01950000-0000-7000-8000-00000000000b").Gives<BatchView>();
    }

    private static async Task<IResult> Create(HttpContext http, ModelCatalog catalog, IOwnKeys keys, InputLengths lengths, StartTogether start, Moderation moderation, TimeProvider time)
    {
        var body = await JsonBody.Read(http, JsonBody.BatchBytesMax);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        if (!body.Value.Object.TryGetProperty("items", out var sent) || sent.ValueKind != JsonValueKind.Array || sent.GetArrayLength() is 0 or > ItemsMax)
            return ApiAnswers.Refuse(Refusal.Invalid("items", $"items must be a list of 1 to {ItemsMax} requests."));
        var own = await CallersKeys.Of(http, keys, catalog, sent.EnumerateArray());
        var known = await lengths.Of(http.Credential().AccountId, http.Credential().Test, sent.EnumerateArray(), sent.EnumerateArray(), http.RequestAborted);
        var asked = ReadTogether.Run([.. sent.EnumerateArray()], Field, (index, item) =>
            NewGeneration.Read(Fields.Of(item, Field(index)), NewGeneration.ParamNames(item), catalog, own, http.Credential().Test, lengths: known));
        if (asked.Declined) return ApiAnswers.Refuse(asked.Refusal);
        if (await moderation.Refuse(asked.Value.SelectMany(one => new[] { one.Prompt, one.Title }), http.RequestAborted) is { } violation) return ApiAnswers.Refuse(violation);
        http.DebitMore(asked.Value.Count - 1);
        var now = time.GetUtcNow();
        var batch = Guid.CreateVersion7(now);
        var answer = await start.Run(asked.Value, http.Credential().Payer("native", now), new(BatchId: batch), http.Idempotent(), Field,
            started => CreatedAnswers.Batch(batch, asked.Value, started), http.RequestAborted);
        return answer.Declined ? ApiAnswers.Refuse(answer.Refusal) : new BytesAnswer(answer.Value, Replayed: false);
    }

    private static async Task<IResult> Read(Guid id, HttpContext http, GenerationQueries generations, PublicAddress address)
    {
        var page = await generations.List(http.Credential().AccountId, new(BatchId: id), before: null, ItemsMax, http.RequestAborted, http.Credential().Test);
        if (page.Items.Count == 0) return ApiAnswers.Refuse(Refusal.NotFound("The batch"));
        // The order of the request; lists have the newest first.
        GenerationView[] items = [.. page.Items.Reverse().Select(item => OutputViews.Whole(item, address))];
        return ApiAnswers.Data(new BatchView(id, GenerationStatus.All.ToDictionary(status => status, status => items.Count(item => item.Status == status)), items));
    }

    private static string Field(int index) => $"items[{index}].";
}
