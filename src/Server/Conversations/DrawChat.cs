using Rpd.Server.Accounts;
using Rpd.Server.Catalog;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Web.Chat;

namespace Rpd.Server.Conversations;

/// <summary>The page of the chat with a conversation, or with none yet.</summary>
public sealed class DrawChat(ConversationQueries conversations, CreditQueries credits, ChatModels models)
{
    private const string Broken = "The answer broke off. Nothing was charged; ask again.";

    public async Task<IResult> Page(HttpContext http, Conversation? conversation, IReadOnlyList<ConversationTurn> turns, Refusal? refusal, IFormCollection? posted = null, int status = 200)
    {
        var account = http.User.AccountId()!.Value;
        var offered = models.All.Where(model => models.Unavailable(model) is null).ToArray();
        var form = posted is not null ? new ChatForm(posted["message"], posted["model"], posted["instructions"])
            : new ChatForm(conversation is null ? http.Request.Query["message"] : "", conversation?.Model ?? http.Request.Query["model"], conversation?.Instructions);
        var errors = refusal is not null ? Errors(refusal) : http.Request.Query.ContainsKey("broke") ? FormErrors.Of("", Broken) : FormErrors.None;
        return Pages.Page<ChatPage>(new ChatPageModel(
            conversation?.Id, conversation?.Title, form, errors,
            [.. turns.Select(turn => new ChatTurn(turn.Id, turn.Role == ConversationTurn.User, turn.Text, turn.Model is { } id ? models.Find(id) is { } known ? Name(known) : id : null, turn.Credits, turn.Tokens, turn.Stopped))],
            [.. (await conversations.Latest(account, http.RequestAborted)).Select(row => new ChatLine(row.Id, row.Title))],
            [.. offered.Select(model => new ChatChoice(model.Id, Name(model), model.CreditsPer1kTokens ?? 0))],
            (await credits.Balance(account, http.RequestAborted)).Balance, offered.Any(models.BuiltIn)), status);
    }

    /// <summary>What was typed stays in the form: to a script only what is wrong is told.</summary>
    public Task<IResult> Refused(HttpContext http, Conversation? conversation, IReadOnlyList<ConversationTurn> turns, IFormCollection posted, Refusal refusal)
    {
        var status = refusal.Status is 402 or 403 or 429 or 503 ? refusal.Status : StatusCodes.Status422UnprocessableEntity;
        return Pages.TakesStreams(http.Request) ? Task.FromResult(Pages.Streams<ChatRefusedStream>(Errors(refusal), status)) : Page(http, conversation, turns, refusal, posted, status);
    }

    // The fields of a refusal that does not come from the form are the API's.
    private static FormErrors Errors(Refusal refusal) => refusal.Code == "VALIDATION_ERROR" ? FormErrors.Of(refusal) : FormErrors.Of("", refusal.Message);

    private static string Name(ChatModel model) => model.DisplayName.Length > 0 ? model.DisplayName : model.Id;
}
