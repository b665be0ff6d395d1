using Microsoft.AspNetCore.Mvc;
using Rpd.Server.Accounts;
using Rpd.Server.Credits;
using Rpd.Server.CustomModels.Predicting;
using Rpd.Server.Http;
using Rpd.Server.Recognition;
using Rpd.Shared;
using Rpd.Shared.CustomModels;
using Rpd.Web.CustomModels;

namespace Rpd.Server.CustomModels;

/// <summary>Where a person trains a model and tries it: the list with the form, and a page for each.</summary>
public static class CustomModelPages
{
    private const int FormBytesMax = 1024 * 1024;

    public static void MapCustomModelPages(this IEndpointRouteBuilder pages)
    {
        var (options, pictures) = (pages.ServiceProvider.GetRequiredService<CustomModelOptions>(), pages.ServiceProvider.GetRequiredService<RecognitionOptions>());
        var own = pages.MapGroup("/custom-models").RequireAuthorization();
        own.MapGet("", (HttpContext http, DrawCustomModels draw) => draw.List(http, new(), FormErrors.None));
        own.MapPost("", Create).WithMetadata(new RequestSizeLimitAttribute(options.UploadBytesMax + FormBytesMax));
        own.MapGet("/example.csv", () => Results.Text(ExampleMails.Csv, "text/csv; charset=utf-8"));
        own.MapGet("/{id:guid}", (Guid id, HttpContext http, DrawCustomModels draw) => draw.One(http, id, FormErrors.None));
        own.MapGet("/{id:guid}/card", Card);
        own.MapPost("/{id:guid}/deploy", (Guid id, HttpContext http, DeployCustomModel deploy, CreditQueries credits, DrawCustomModels draw) => Deploy(id, http, deploy, credits, draw, deployed: true));
        own.MapPost("/{id:guid}/withdraw", (Guid id, HttpContext http, DeployCustomModel deploy, CreditQueries credits, DrawCustomModels draw) => Deploy(id, http, deploy, credits, draw, deployed: false));
        own.MapPost("/{id:guid}/try", Try).WithMetadata(new RequestSizeLimitAttribute(pictures.BytesMax + FormBytesMax));
        own.MapPost("/{id:guid}/delete", async (Guid id, HttpContext http, DeleteCustomModel delete) =>
            await delete.Run(http.User.AccountId()!.Value, id, http.RequestAborted) ? Pages.See("/custom-models") : Results.NotFound());
        // Without JavaScript a refused form leaves these addresses in the bar.
        own.MapGet("/{id:guid}/{verb}", (Guid id) => Pages.See($"/custom-models/{id}"));
    }

    private static async Task<IResult> Create(HttpContext http, CreateCustomModel create, CreditQueries credits, RateLimits limits, DrawCustomModels draw)
    {
        var account = http.User.AccountId()!.Value;
        var posted = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = Fields.Of(posted);
        var wish = NewCustomModel.Read(fields);
        if (posted.Files.GetFile("file") is not { Length: > 0 } file) fields.Wrong("file", "Choose a file with examples.");
        else if (fields.Refusal is null)
        {
            var plan = (await credits.Balance(account, http.RequestAborted)).Plan;
            var admission = limits.Take(LimitKind.General, account, null, plan);
            if (!admission.Admitted) return await Again(RateLimits.Refuse(admission));
            await using var content = file.OpenReadStream();
            var made = await create.Run(account, plan, wish, content, http.RequestAborted);
            return made.Declined ? await Again(made.Refusal) : Pages.See($"/custom-models/{made.Value}");
        }
        return await Again(fields.Refusal!);

        Task<IResult> Again(Refusal refusal) => draw.List(http, new() { Name = posted["name"], Kind = wish.Kind.Length > 0 ? wish.Kind : CustomModelKinds.Text, Seed = posted["seed"] }, FormErrors.Of(refusal), Pages.StatusOf(refusal));
    }

    // For the frame of that name. Anybody else who comes here (from sign-in, after a session has ended) wants a page.
    private static async Task<IResult> Card(Guid id, HttpContext http, CustomModelQueries models)
    {
        if (!http.Request.Headers.ContainsKey("Turbo-Frame")) return Pages.See($"/custom-models/{id}");
        return await models.Find(http.User.AccountId()!.Value, id, http.RequestAborted) is { } model ? Pages.Page<CustomModelCard>(model) : Results.NotFound();
    }

    private static async Task<IResult> Deploy(Guid id, HttpContext http, DeployCustomModel deploy, CreditQueries credits, DrawCustomModels draw, bool deployed)
    {
        var account = http.User.AccountId()!.Value;
        var done = await deploy.Run(account, (await credits.Balance(account, http.RequestAborted)).Plan, id, deployed, http.RequestAborted);
        return done.Declined ? await draw.One(http, id, FormErrors.Of(done.Refusal), status: Pages.StatusOf(done.Refusal)) : Pages.See($"/custom-models/{id}");
    }

    private static async Task<IResult> Try(Guid id, HttpContext http, PredictLabels predict, FetchPicture fetch, CreditQueries credits, RateLimits limits, DrawCustomModels draw)
    {
        var account = http.User.AccountId()!.Value;
        var posted = await http.Request.ReadFormAsync(http.RequestAborted);
        var fields = Fields.Of(posted);
        await using var file = posted.Files.GetFile("file") is { Length: > 0 } sent ? sent.OpenReadStream() : null;
        var question = Question.Read(fields, file, fetch);
        var before = await credits.Balance(account, http.RequestAborted);
        var admission = limits.Take(LimitKind.General, account, null, before.Plan);
        var refusal = fields.Refusal ?? (admission.Admitted ? null : RateLimits.Refuse(admission));
        if (refusal is null)
        {
            var answer = await predict.Run(new Payer(account, "pages", before.Plan), id, question, http.RequestAborted);
            if (!answer.Declined) return await draw.One(http, id, FormErrors.None, question.Text, answer.Value, before.Balance - PaidLook.Credits);
            refusal = answer.Refusal;
        }
        return await draw.One(http, id, FormErrors.Of(refusal), question.Text, status: refusal.Status is 402 or 429 or 503 ? refusal.Status : 422);
    }
}
