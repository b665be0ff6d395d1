using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Mvc;
using Rpd.Server.ApiKeys;
using Rpd.Server.Catalog;
using Rpd.Server.Chat;
using Rpd.Server.Credits;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Chat;

namespace Rpd.Server.Faces.OpenAi;

/// <summary><c>POST chat/completions</c>, whole or streamed.</summary>
public static class ChatCompletions
{
    /// <summary>Pictures may stand in a message as <c>data:</c> addresses.</summary>
    public const int BodyBytesMax = 10 * 1024 * 1024;

    public static void MapChatCompletions(this IEndpointRouteBuilder face, string name) => face.MapPost("/chat/completions", http => Answer(http, name)).Needs(Scopes.Chat)
        .WithMetadata(new RequestSizeLimitAttribute(BodyBytesMax))
        .Describe("Create a chat completion", "OpenAI's format, for its clients. With `stream` the answer comes as server-sent events, and the connection may be closed at any time: what was written until then is charged. Whatever else OpenAI's format knows is passed on to the upstream.")
        .Takes<NewChatBody>("""{"model":"rapshee-1","messages":[{"role":"user","content":"How do I create an API key?"}],"max_tokens":1000}""")
        .GivesBare<ChatCompletionView>(example: """
            {"id":"chatcmpl-0198c3f27a417c559e4b2f6d1c8a9b10","object":"chat.completion","created":1773964800,"model":"rapshee-1",
             "choices":[{"index":0,"message":{"role":"assistant","content":"On the page of keys."},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":15,"completion_tokens":6,"total_tokens":21}}
            """).Refuses("INSUFFICIENT_CREDITS", "SPEND_CAP_REACHED", "model_not_found").RefusesAs(OpenAiFace.Words);

    private static async Task Answer(HttpContext http, string face)
    {
        var services = http.RequestServices;
        var body = await JsonBody.Read(http, BodyBytesMax);
        if (body.Declined)
        {
            await ApiAnswers.Refuse(body.Refusal).ExecuteAsync(http);
            return;
        }
        var asked = ChatRequest.Read(body.Value.Object, services.GetRequiredService<ChatModels>());
        if (asked.Declined)
        {
            await ApiAnswers.Refuse(asked.Refusal).ExecuteAsync(http);
            return;
        }
        var (credential, request) = (http.Credential(), asked.Value);
        var payer = credential.Payer(face, services.GetRequiredService<TimeProvider>().GetUtcNow());
        var (begun, limits) = await services.GetRequiredService<BeginChat>().Run(request, payer, credential.LimitId, http.RequestAborted);
        LimitHeaders.Write(http.Response, limits);
        if (begun.Declined)
        {
            await ApiAnswers.Refuse(begun.Refusal).ExecuteAsync(http);
            return;
        }
        using var call = begun.Value;
        if (request.Stream) await Stream(http, request, call, credential.Test);
        else await Whole(http, request, call, credential.Test);
    }

    private static async Task Whole(HttpContext http, ChatRequest request, ChatCall call, bool test)
    {
        var answer = await http.RequestServices.GetRequiredService<AskChat>().Run(request, test, http.RequestAborted);
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

    private static async Task Stream(HttpContext http, ChatRequest request, ChatCall call, bool test)
    {
        var begun = await http.RequestServices.GetRequiredService<AskChat>().Stream(request, test, http.RequestAborted);
        if (begun.Declined)
        {
            await ApiAnswers.Refuse(begun.Refusal).ExecuteAsync(http);
            return;
        }
        await using var answer = begun.Value;
        http.Response.ContentType = "text/event-stream";
        http.Response.Headers.CacheControl = "no-cache";
        // nginx would collect it.
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
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
