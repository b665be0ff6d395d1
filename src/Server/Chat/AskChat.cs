using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Chat.Assistant;
using Rpd.Server.Chat.Tokens;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Chat;
using Rpd.Shared;

namespace Rpd.Server.Chat;

/// <summary>Asks whoever serves a model: an upstream, or what is built in.</summary>
public sealed class AskChat(ChatModels models, ChatUpstreams upstreams, BuiltInAssistant assistant, TimeProvider time)
{
    /// <param name="test">For a test key the built-in assistant plays every model.</param>
    /// <returns>The whole answer. A refusal when nobody could give one: nothing is charged then.</returns>
    public async Task<Outcome<WholeAnswer>> Run(ChatRequest request, bool test, CancellationToken cancel)
    {
        if (test || models.BuiltIn(request.Model)) return Whole(request);
        if (models.Unavailable(request.Model) is { } missing) return Unavailable(missing);
        var (answer, failure) = await upstreams.Ask(request.ForUpstream, cancel);
        return answer is null ? Refuse(failure!) : new WholeAnswer(UpstreamAnswer.Named(answer, request), answer.Usage ?? Counted(request, answer.Text ?? ""));
    }

    /// <returns>An answer that has begun. Whoever gets one disposes it.</returns>
    public async Task<Outcome<IStreamedAnswer>> Stream(ChatRequest request, bool test, CancellationToken cancel)
    {
        if (test || models.BuiltIn(request.Model)) return new BuiltInStream(request, Say(request), time.GetUtcNow());
        if (models.Unavailable(request.Model) is { } missing) return Unavailable(missing);
        var (answer, failure) = await upstreams.Stream(request.ForUpstream, cancel);
        return answer is null ? Refuse(failure!) : new UpstreamStream(request, answer);
    }

    internal static ChatUsage Counted(ChatRequest request, string text) => new(request.PromptTokens, TokenCount.Estimate(text));

    /// <summary>What a caller is told of a failure. The upstream's own words only where the request is at fault: the rest is the operator's business, and in the log.</summary>
    internal static Refusal Refuse(ChatFailure failure) => failure.Fault switch
    {
        ProviderFault.ContentPolicy => new("content_filter", 400, failure.Message),
        ProviderFault.InvalidInput => new(failure.Code ?? "VALIDATION_ERROR", failure.Code == "model_not_found" ? 404 : 400, failure.Message, failure.Param is { } param ? [new(param, failure.Message)] : null),
        ProviderFault.TimedOut => Unavailable("The model did not answer in time. Nothing was charged."),
        _ => Unavailable("The model cannot be reached now. Nothing was charged; try again in a moment."),
    };

    private static Refusal Unavailable(string message) => new("PROVIDER_UNAVAILABLE", 503, message) { Reason = Reasons.UpstreamFailed };

    private string Say(ChatRequest request) => assistant.Answer(
        [.. request.Messages.EnumerateArray().Select(message => new Said(message.GetProperty("role").GetString()!, PromptTokens.Text(message)))], time.GetUtcNow());

    private WholeAnswer Whole(ChatRequest request)
    {
        var text = Say(request);
        var usage = Counted(request, text);
        return new(CompletionJson.Whole(request.Model.Id, text, usage, time.GetUtcNow()), usage);
    }
}

/// <param name="Json">A <c>chat.completion</c>.</param>
public sealed record WholeAnswer(byte[] Json, ChatUsage Usage);

/// <summary>A <c>chat.completion</c> as we write it, under our name of the model.</summary>
internal static class UpstreamAnswer
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Named(ChatAnswer answer, ChatRequest request)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            foreach (var member in answer.Json.EnumerateObject())
            {
                if (member.NameEquals("model")) json.WriteString("model", request.Model.Id);
                else if (!member.NameEquals("usage") || answer.Usage is not null) member.WriteTo(json);
            }
            if (answer.Usage is null) CompletionJson.WriteUsage(json, AskChat.Counted(request, answer.Text ?? ""));
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }
}
