using Rpd.Shared;
using Rpd.Web.Chat;

namespace Rpd.Web.Tests.Support;

/// <summary>A conversation before it begins, in its midst, and when something was refused.</summary>
public static class ChatStates
{
    private static readonly Guid Here = Guid.Parse("01a22706-e624-7797-9117-9043ef7aa57d");

    private static readonly ChatTurn Question = new(Guid.Parse("01a22706-e624-7797-9117-9043ef7aa501"), true, "How do I create an API key?\nI have none yet.", null, 0, 0, false);

    private static readonly ChatTurn Answer = new(Guid.Parse("01a22706-e624-7797-9117-9043ef7aa502"), false, "# Keys\n\nOn the page of [keys](/keys).\n\n```bash\ncurl -H 'X-API-KEY: …' http://localhost:5080/v1/models\n```\n\n| a | b |\n|---|---|\n| 1 | 2 |", "Rapshee 1", 1, 345, false);

    public static readonly PageStates All = new()
    {
        ["chat"] = (typeof(ChatPage), Page(null), Samples.Viewer),
        ["chat, built in"] = (typeof(ChatPage), Page(null) with { BuiltIn = true, Earlier = [] }, Samples.Viewer),
        ["chat, in its midst"] = (typeof(ChatPage), Page(Here, Question, Answer, Question with { Id = Guid.Parse("01a22706-e624-7797-9117-9043ef7aa503") }, Answer with { Id = Guid.Parse("01a22706-e624-7797-9117-9043ef7aa504"), Stopped = true }), Samples.Viewer),
        ["chat, no answer"] = (typeof(ChatPage), Page(Here, Question) with { Errors = FormErrors.Of("", "The answer broke off. Nothing was charged; ask again.") }, Samples.Viewer),
        ["chat, refused"] = (typeof(ChatPage), Page(Here, Question, Answer) with { Errors = FormErrors.Of("message", "Write something first."), Form = new("", "rapshee-1", "Answer briefly.") }, Samples.Viewer),
        ["chat, no model"] = (typeof(ChatPage), Page(null) with { Models = [] }, Samples.Viewer),
    };

    private static ChatPageModel Page(Guid? id, params ChatTurn[] turns) => new(id, id is null ? null : "How do I create an API key?", new("", "rapshee-1", null), FormErrors.None, turns,
        [new(Here, "How do I create an API key?"), new(Guid.Parse("01a22706-e624-7797-9117-9043ef7aa599"), "A prompt for a picture of a lighthouse at the end of a very long pier")],
        [new("rapshee-1", "Rapshee 1", 2), new("rapshee-1-mini", "Rapshee 1 mini", 0.5m)], 1240, false);
}
