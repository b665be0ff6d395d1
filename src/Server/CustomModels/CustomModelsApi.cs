using Microsoft.AspNetCore.Mvc;
using Rpd.Server.ApiKeys;
using Rpd.Server.Credits;
using Rpd.Server.CustomModels.Predicting;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Server.Recognition;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.CustomModels;

namespace Rpd.Server.CustomModels;

public static class CustomModelsApi
{
    private const int FormBytesMax = 1024 * 1024;
    private const string Plans = "Part of the plans that have custom models, see the page of prices.";

    public static void MapCustomModelsApi(this IEndpointRouteBuilder api)
    {
        var (options, pictures) = (api.ServiceProvider.GetRequiredService<CustomModelOptions>(), api.ServiceProvider.GetRequiredService<RecognitionOptions>());
        var models = api.MapGroup("/custom-models").Needs(Scopes.Analyze);
        models.MapPost("", Create).WithMetadata(new RequestSizeLimitAttribute(options.UploadBytesMax + FormBytesMax))
            .Describe("Train a custom model", $"Looks at the file at once and says what is wrong with it; then the training is queued. Ask for the model until its `status` is `ready` or `failed`. Send the file of a form; JSON is for small ones. Free. {Plans}")
            .Takes<NewCustomModelBody>(CustomModelExamples.Body)
            .TakesAlso(MultipartForm.ContentType)
            .Gives<CustomModelView>(202, CustomModelExamples.Queued).Refuses("CONFLICT");
        models.MapGet("", List)
            .Describe("List custom models", "Newest first.").GivesPage<CustomModelView>(CustomModelExamples.Ready);
        models.MapGet("/{id:guid}", async (Guid id, HttpContext http, CustomModelQueries queries) =>
            await queries.Find(http.Credential().AccountId, id, http.RequestAborted) is { } model ? ApiAnswers.Data(model) : ApiAnswers.Refuse(CustomModelQueries.Missing))
            .Describe("Get a custom model", "Its progress, and once it is ready how it fares on the fifth of the examples that was kept from the training.").Gives<CustomModelView>(example: CustomModelExamples.Ready);
        models.MapPost("/{id:guid}/deploy", (Guid id, HttpContext http, DeployCustomModel deploy) => Deploy(id, http, deploy, deployed: true))
            .Describe("Deploy a custom model", $"From then on it can be asked. {Plans}").Gives<CustomModelView>(example: CustomModelExamples.Ready).Refuses("CONFLICT");
        models.MapDelete("/{id:guid}/deploy", (Guid id, HttpContext http, DeployCustomModel deploy) => Deploy(id, http, deploy, deployed: false))
            .Describe("Withdraw a custom model", "It is kept and can be deployed again; until then it cannot be asked.").Gives<CustomModelView>(example: CustomModelExamples.Withdrawn);
        models.MapPost("/{id:guid}/predict", Predict).WithMetadata(new RequestSizeLimitAttribute(pictures.BytesMax + FormBytesMax))
            .Describe("Ask a custom model", $"Costs {PaidLook.Credits} credit when it succeeds and nothing otherwise. {Plans}")
            .Takes<NewPredictionBody>("""{"text":"The lamp arrived broken and nobody answers."}""")
            .TakesAlso(MultipartForm.ContentType)
            .Gives<PredictionView>(example: CustomModelExamples.Prediction).Refuses("CONFLICT", "INSUFFICIENT_CREDITS", "SPEND_CAP_REACHED", "PROVIDER_UNAVAILABLE");
        models.MapDelete("/{id:guid}", async (Guid id, HttpContext http, DeleteCustomModel delete) =>
            await delete.Run(http.Credential().AccountId, id, http.RequestAborted) ? ApiAnswers.Data(new DeletedView(id, Deleted: true)) : ApiAnswers.Refuse(CustomModelQueries.Missing))
            .Describe("Delete a custom model", "At once and for good, also while it is trained.").Gives<DeletedView>(example: """{"deleted":true}""");
    }

    private static async Task<IResult> Create(HttpContext http, CreateCustomModel create, CustomModelQueries queries)
    {
        var sent = await SentFile.Read(http);
        if (sent.Declined) return ApiAnswers.Refuse(sent.Refusal);
        await using var file = sent.Value.Content;
        var wish = NewCustomModel.Read(sent.Value.Fields);
        if (sent.Value.Fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var caller = http.Credential();
        var made = await create.Run(caller.AccountId, caller.Plan, wish, file!, http.RequestAborted);
        if (made.Declined) return ApiAnswers.Refuse(made.Refusal);
        http.Response.Headers.Location = $"{Api.Prefix}/custom-models/{made.Value}";
        return await queries.Find(caller.AccountId, made.Value, http.RequestAborted) is { } model ? ApiAnswers.Data(model, StatusCodes.Status202Accepted) : ApiAnswers.Refuse(CustomModelQueries.Missing);
    }

    private static async Task<IResult> List(HttpContext http, CustomModelQueries queries, Cursors cursors)
    {
        var query = ListQuery.Read(http, CustomModelQueries.List, cursors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var before = query.Value.Position is { } position ? Guid.Parse(position) : (Guid?)null;
        return ApiAnswers.Page(await queries.All(http.Credential().AccountId, before, query.Value.Limit, http.RequestAborted));
    }

    private static async Task<IResult> Deploy(Guid id, HttpContext http, DeployCustomModel deploy, bool deployed)
    {
        var caller = http.Credential();
        var model = await deploy.Run(caller.AccountId, caller.Plan, id, deployed, http.RequestAborted);
        return model.Declined ? ApiAnswers.Refuse(model.Refusal) : ApiAnswers.Data(model.Value);
    }

    private static async Task<IResult> Predict(Guid id, HttpContext http, PredictLabels predict, FetchPicture fetch, TimeProvider time)
    {
        var sent = await SentFile.Read(http, required: false);
        if (sent.Declined) return ApiAnswers.Refuse(sent.Refusal);
        await using var file = sent.Value.Content;
        var question = Question.Read(sent.Value.Fields, file, fetch);
        if (sent.Value.Fields.Refusal is { } wrong) return ApiAnswers.Refuse(wrong);
        var answer = await predict.Run(http.Credential().Payer("native", time.GetUtcNow()), id, question, http.RequestAborted);
        return answer.Declined ? ApiAnswers.Refuse(answer.Refusal) : ApiAnswers.Data(answer.Value);
    }
}
