using Rpd.Server.ApiKeys;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Generations;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Http;
using Rpd.Server.Prompts;
using Rpd.Shared;
using Rpd.Shared.Tasks;

namespace Rpd.Server.Faces.Tasks;

/// <summary>The calls of the face: a task is a generation, started and read as everywhere.</summary>
public static class TaskCalls
{
    /// <summary>As the face's documentation shows it.</summary>
    public const string BothRequired = "Both `model` and `prompt` are required";

    private const int KeyMax = 255;

    /// <summary>Every call makes a task of its own: an <c>Idempotency-Key</c> is kept with it and prevents nothing, as this face's clients are told.</summary>
    public static async Task<IResult> Submit(
        TaskKind kind, HttpContext http, ModelCatalog catalog, IOwnKeys keys, InputLengths lengths, StartGeneration start, Moderation moderation, TimeProvider time)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return TaskErrors.Answer(http, TaskErrors.NoObject, body.Refusal.Message, body.Refusal.Status);
        var fields = body.Value.Fields;
        var model = fields.Text("model", 120);
        if (fields.Refusal is { } unread) return TaskErrors.Answer(http, TaskErrors.Wrong, unread.Message);
        if (string.IsNullOrWhiteSpace(model)) return TaskErrors.Answer(http, TaskErrors.Missing, BothRequired);
        if (catalog.Find(model) is not { } entry) return TaskErrors.Answer(http, TaskErrors.NotServed, $"There is no model {model}.");
        if (kind.TypeFor(entry, body.Value.Object) is not { } type) return TaskErrors.Answer(http, TaskErrors.NotServed, $"{model} is not served at {kind.Path}/generations, or not with these inputs.");

        var credential = http.Credential();
        var own = catalog.AtVendor(entry.Provider) ? await keys.OfCaller(http) : OwnKeys.None;
        var words = new TaskWords(body.Value.Object, entry, type);
        var known = await lengths.Of(credential.AccountId, credential.Test, [words.Request], [words.Request], http.RequestAborted);
        var asked = NewGeneration.Read(Fields.Of(words.Request), NewGeneration.ParamNames(words.Request), catalog, own, credential.Test, lengths: known);
        if (asked.Declined && asked.Refusal.Status != StatusCodes.Status400BadRequest) return TaskErrors.Answer(http, TaskErrors.NotServed, asked.Refusal.Message);
        if (asked.Declined || words.Mistaken) return Mistaken(asked.Refusal);
        if (await moderation.Refuse([asked.Value.Prompt], http.RequestAborted) is { } violation) return TaskErrors.Refuse(violation, http);
        var started = await start.Run(asked.Value with { ClientKey = ClientKey(http.Request) }, credential.Payer(TasksFace.Name, time.GetUtcNow()), within: null, http.RequestAborted);
        if (started.Declined) return started.Refusal.Status == StatusCodes.Status400BadRequest ? Mistaken(started.Refusal) : TaskErrors.Refuse(started.Refusal, http);
        var id = TaskViews.Id(started.Value.Id);
        return Results.Json(new StartedTaskView(id, id, entry.Id, TaskViews.Processing, started.Value.CreatedAt.ToUnixTimeSeconds()), TasksFace.Json);

        IResult Mistaken(Refusal? found)
        {
            var (code, message) = words.Mistakes(found);
            return TaskErrors.Answer(http, code, message);
        }
    }

    public static async Task<IResult> Read(string task, HttpContext http, GenerationQueries generations, PublicAddress address) =>
        TaskViews.Generation(task) is { } id && await generations.Own(http.Credential().AccountId, id, http.RequestAborted, http.Credential().Test) is { } found
            ? Results.Json(TaskViews.Of(OutputViews.Whole(found, address)), TasksFace.Json) : TaskErrors.Answer(http, TaskErrors.NoTask, "There is no such task.");

    public static async Task<IResult> Balance(HttpContext http, CreditQueries credits)
    {
        var (account, test) = (http.Credential().AccountId, http.Credential().Test);
        var balance = test ? await credits.TestBalance(account, http.RequestAborted) : await credits.Balance(account, http.RequestAborted);
        return Results.Json(new TaskBalanceView(balance.Balance), TasksFace.Json);
    }

    public static async Task<IResult> Models(HttpContext http, ModelCatalog catalog, ChatModels chat, IOwnKeys keys)
    {
        var (own, test) = (await keys.OfCaller(http), http.Credential().Test);
        var talking = chat.All.Where(model => test || chat.Unavailable(model) is null).Select(chat.View).Select(view => new TaskModelView(view.Id, view.Object, view.Created, view.OwnedBy, ChatModels.Type, Credits: null));
        return Results.Json(new TaskModelListView([.. catalog.All.Where(entry => test || catalog.Unavailable(entry, own) is null).Select(View).OfType<TaskModelView>(), .. talking]), TasksFace.Json);

        TaskModelView? View(CatalogEntry entry)
        {
            if (TaskKind.Of(entry) is not { } kind || kind.TypeFor(entry, Nothing) is not { } type) return null;
            var usual = RequestParams.Read(Fields.Of(Nothing), [], entry);
            var price = catalog.Price(entry, type, usual.Values, prompt: null, count: 1, own);
            var view = catalog.View(entry, own);
            return new(entry.Id, view.Object, view.Created, view.OwnedBy, kind.Noun, price.Declined ? null : price.Value.Credits);
        }
    }

    private static readonly System.Text.Json.JsonElement Nothing = System.Text.Json.JsonSerializer.SerializeToElement(new Dictionary<string, string>());

    private static string? ClientKey(HttpRequest request) =>
        request.Headers[Idempotency.Header].FirstOrDefault() is { Length: > 0 } key ? key.Length > KeyMax ? key[..KeyMax] : key : null;
}
