using Microsoft.AspNetCore.Mvc;
using Rpd.Server.ApiKeys;
using Rpd.Server.Catalog;
using Rpd.Server.Chat;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.Faces.OpenAi;

/// <summary><c>POST chat/completions</c>, whole or streamed.</summary>
public static class ChatCompletions
{
    /// <summary>Pictures may stand in a message as <c>data:</c> addresses.</summary>
    public const int BodyBytesMax = 10 * 1024 * 1024;

    /// <param name="name">Of the face, for usage.</param>
    public static IEndpointConventionBuilder MapChatCompletions(this IEndpointRouteBuilder face, string name) => face.MapPost("/chat/completions",
        (HttpContext http, ChatModels models, BeginChat begin, AskChat ask, TimeProvider time) => Answer(http, name, models, begin, ask, time))
        .Needs(Scopes.Chat).WithMetadata(new RequestSizeLimitAttribute(BodyBytesMax));

    private static async Task Answer(HttpContext http, string face, ChatModels models, BeginChat begin, AskChat ask, TimeProvider time)
    {
        var body = await JsonBody.Read(http, BodyBytesMax);
        if (body.Declined)
        {
            await ApiAnswers.Refuse(body.Refusal).ExecuteAsync(http);
            return;
        }
        var asked = ChatRequest.Read(body.Value.Object, models);
        if (asked.Declined)
        {
            await ApiAnswers.Refuse(asked.Refusal).ExecuteAsync(http);
            return;
        }
        var (credential, request) = (http.Credential(), asked.Value);
        var payer = credential.Payer(face, time.GetUtcNow());
        var (begun, limits) = await begin.Run(request, payer, credential.LimitId, http.RequestAborted);
        LimitHeaders.Write(http.Response, limits);
        if (begun.Declined)
        {
            await ApiAnswers.Refuse(begun.Refusal).ExecuteAsync(http);
            return;
        }
        using var call = begun.Value;
        if (request.Stream) await Stream(http, request, call, ask, credential.Test);
        else await Whole(http, request, call, ask, credential.Test);
    }

    private static async Task Whole(HttpContext http, ChatRequest request, ChatCall call, AskChat ask, bool test)
    {
        var answer = await ask.Run(request, test, http.RequestAborted);
        if (answer.Declined)
        {
            await ApiAnswers.Refuse(answer.Refusal).ExecuteAsync(http);
            return;
        }
        call.Settle(answer.Value.Usage.PromptTokens, answer.Value.Usage.CompletionTokens);
        http.Response.ContentType = "application/json";
        http.Response.ContentLength = answer.Value.Json.Length;
        await http.Response.Body.WriteAsync(answer.Value.Json, http.RequestAborted);
    }

    private static async Task Stream(HttpContext http, ChatRequest request, ChatCall call, AskChat ask, bool test)
    {
        var begun = await ask.Stream(request, test, http.RequestAborted);
        if (begun.Declined)
        {
            await ApiAnswers.Refuse(begun.Refusal).ExecuteAsync(http);
            return;
        }
        await using var answer = begun.Value;
        EventStream.Begin(http);
        try
        {
            await EventWriter.Write(http, answer);
        }
        finally
        {
            // Also for whoever has hung up. Who got nothing pays nothing, and neither does anybody for an answer that broke off.
            if (answer is { Broke: null, Usage: { } usage }) call.Settle(usage.PromptTokens, usage.CompletionTokens);
        }
    }
}
