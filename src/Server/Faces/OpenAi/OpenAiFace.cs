using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.Chat;

namespace Rpd.Server.Faces.OpenAi;

/// <summary>The face that OpenAI's clients speak with: <c>/v1/chat/completions</c>. Their list of models is the catalogue's own, which two kinds of readers understand.</summary>
public static class OpenAiFace
{
    public static readonly Face Face = new("openai", [Api.Prefix + "/chat"], Refuse);

    public static IServiceCollection AddOpenAiFace(this IServiceCollection services) => services.AddSingleton(Face);

    public static void MapOpenAiFace(this IEndpointRouteBuilder app) => app.MapFace(Api.Prefix).MapChatCompletions(Face.Name)
        .Describe("Create a chat completion", "OpenAI's format, for its clients. With `stream` the answer comes as server-sent events, and the connection may be closed at any time: what was written until then is charged. Whatever else OpenAI's format knows is passed on to the upstream.")
        .Takes<NewChatBody>("""{"model":"rapshee-1","messages":[{"role":"user","content":"How do I create an API key?"}],"max_tokens":1000}""")
        .GivesBare<ChatCompletionView>(example: """
            {"id":"chatcmpl-0198c3f27a417c559e4b2f6d1c8a9b10","object":"chat.completion","created":1773964800,"model":"rapshee-1",
             "choices":[{"index":0,"message":{"role":"assistant","content":"On the page of keys."},"finish_reason":"stop"}],
             "usage":{"prompt_tokens":15,"completion_tokens":6,"total_tokens":21}}
            """).Refuses("INSUFFICIENT_CREDITS", "SPEND_CAP_REACHED", "model_not_found").RefusesAs(Words);

    internal static readonly ErrorWords Words = new(typeof(ChatErrorView), refusal => Body(refusal, refusal.Status >= 500 ? "req_0198c3f27a417c559e4b2f6d1c8a9b10" : null), Name);

    /// <summary>Also inside of a stream that has begun.</summary>
    public static ChatErrorView Body(Refusal refusal, HttpContext http) => Body(refusal, ApiAnswers.RequestId(refusal, http));

    private static ChatErrorView Body(Refusal refusal, string? requestId)
    {
        var (type, code) = refusal.Status switch
        {
            401 => ("authentication_error", "invalid_api_key"),
            402 => ("insufficient_quota", "insufficient_quota"),
            403 => ("permission_error", "permission_denied"),
            429 => ("rate_limit_error", "rate_limit_exceeded"),
            503 => ("upstream_error", "upstream_error"),
            >= 500 => ("server_error", "server_error"),
            // What an upstream calls it, or nothing: OpenAI names few of the things that can be wrong with a request.
            _ => ("invalid_request_error", refusal.Code == "VALIDATION_ERROR" ? null : refusal.Code.ToLowerInvariant()),
        };
        var message = refusal.Details is { Count: > 1 } all ? string.Join(' ', all.Select(one => one.Message)) : refusal.Message;
        return new(new(message, type, refusal.Details is [{ Field.Length: > 0 } first, ..] ? first.Field : null, code, requestId));
    }

    private static string Name(Refusal refusal)
    {
        var error = Body(refusal, requestId: null).Error;
        return error.Code ?? error.Type;
    }

    private static IResult Refuse(Refusal refusal, HttpContext http)
    {
        if (refusal is { Status: 503 } && http.Response.Headers.RetryAfter.Count == 0) http.Response.Headers.RetryAfter = "1";
        return Results.Json(Body(refusal, http), ApiAnswers.Json, statusCode: refusal.Status);
    }
}
