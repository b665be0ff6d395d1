using Rpd.Server.Accounts;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Server.Recognition;
using Rpd.Shared;
using Rpd.Shared.CustomModels;
using Rpd.Web.CustomModels;

namespace Rpd.Server.CustomModels;

/// <summary>The two pages of custom models for whoever is signed in.</summary>
public sealed class DrawCustomModels(CustomModelQueries models, CreditQueries credits, PlanModels plans, Cursors cursors, CustomModelOptions options, RecognitionOptions pictures, PublicAddress address)
{
    private const int PageSize = 30;

    public async Task<IResult> List(HttpContext http, CustomModelForm form, FormErrors errors, int status = 200)
    {
        var (account, cancel) = (http.User.AccountId()!.Value, http.RequestAborted);
        var cursor = http.Request.Query["cursor"].FirstOrDefault();
        var before = cursor is not null && cursors.Read(CustomModelQueries.List, cursor) is { } position ? Guid.Parse(position) : (Guid?)null;
        var plan = (await credits.Balance(account, cancel)).Plan;
        return Pages.Page<CustomModelsPage>(new CustomModelsModel(
            form, errors, await models.All(account, before, PageSize, cancel), await models.Count(account, cancel), before is null ? null : cursor,
            new(plan, plans.Plans, plans.Most(plan), options.UploadBytesMax / 1_000_000)), status);
    }

    /// <param name="text">That was tried.</param>
    /// <param name="said">The answer to it.</param>
    /// <param name="left">What is left after it; what it has cost is booked a moment later.</param>
    public async Task<IResult> One(HttpContext http, Guid id, FormErrors errors, string? text = null, PredictionView? said = null, long? left = null, int status = 200)
    {
        var account = http.User.AccountId()!.Value;
        if (await models.Find(account, id, http.RequestAborted) is not { } model) return Results.NotFound();
        var balance = left ?? (await credits.Balance(account, http.RequestAborted)).Balance;
        var drawn = new CustomModelModel(model, errors, text, said, balance, PaidLook.Credits, pictures.BytesMax / 1_000_000, address.Base);
        return HttpMethods.IsPost(http.Request.Method) && Pages.TakesStreams(http.Request) ? Pages.Streams<CustomModelStream>(drawn, status) : Pages.Page<CustomModelPage>(drawn, status);
    }
}
