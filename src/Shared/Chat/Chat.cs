using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rpd.Shared.Chat;

/// <summary>A conversation to be gone on with, in OpenAI's format.</summary>
/// <param name="Model">A model whose <c>supportedTypes</c> have <c>chat</c>.</param>
/// <param name="Messages">The conversation so far, the oldest first.</param>
/// <param name="Temperature">How freely it writes.</param>
/// <param name="MaxTokens">How long the answer may be. So much is reserved, and what was not needed is given back.</param>
/// <param name="MaxCompletionTokens">The same under its newer name; it goes first.</param>
/// <param name="TopP">Only the likeliest words that make up this share.</param>
/// <param name="Stop">A text, or up to four, before which the answer ends.</param>
/// <param name="N">How many answers.</param>
/// <param name="Stream">Whether the answer comes bit by bit.</param>
/// <param name="StreamOptions">How.</param>
/// <param name="Tools">Functions that the model may call, for upstreams that know them.</param>
/// <param name="ToolChoice">Which of them it must, for upstreams that know them.</param>
/// <param name="ResponseFormat">JSON, for upstreams that know it.</param>
public sealed record NewChatBody(
    [property: Required] string Model,
    [property: Required, MinLength(1)] IReadOnlyList<ChatMessageBody> Messages,
    [property: Range(0, 2)] decimal? Temperature = null,
    [property: JsonPropertyName("max_tokens"), Range(1, 10_000_000)] long? MaxTokens = null,
    [property: JsonPropertyName("max_completion_tokens"), Range(1, 10_000_000)] long? MaxCompletionTokens = null,
    [property: JsonPropertyName("top_p"), Range(0, 1)] decimal? TopP = null,
    JsonElement? Stop = null,
    [property: Range(1, 1)] int? N = null,
    bool? Stream = null,
    [property: JsonPropertyName("stream_options")] StreamOptionsBody? StreamOptions = null,
    JsonElement? Tools = null,
    [property: JsonPropertyName("tool_choice")] JsonElement? ToolChoice = null,
    [property: JsonPropertyName("response_format")] JsonElement? ResponseFormat = null);

/// <summary>What somebody said.</summary>
/// <param name="Role">system, developer, user, assistant, tool or function.</param>
/// <param name="Content">A text, or a list of parts: <c>{type:"text",text}</c>, <c>{type:"image_url",image_url:{url}}</c>.</param>
public sealed record ChatMessageBody(string Role, JsonElement Content);

/// <summary>How an answer is streamed.</summary>
/// <param name="IncludeUsage">Whether a last chunk says what it has cost in tokens.</param>
public sealed record StreamOptionsBody([property: JsonPropertyName("include_usage")] bool? IncludeUsage = null);

/// <summary>An answer.</summary>
/// <param name="Object">Always <c>chat.completion</c>.</param>
/// <param name="Created">Unix seconds.</param>
/// <param name="Choices">One.</param>
public sealed record ChatCompletionView(
    string Id, [property: JsonPropertyName("object")] string Object, long Created, string Model, IReadOnlyList<ChatChoiceView> Choices, ChatUsageView Usage);

/// <summary>One of the answers.</summary>
/// <param name="FinishReason">stop, length, tool_calls or content_filter.</param>
public sealed record ChatChoiceView(int Index, ChatReplyView Message, [property: JsonPropertyName("finish_reason")] string? FinishReason);

/// <summary>What the model said.</summary>
/// <param name="Role">Always <c>assistant</c>.</param>
public sealed record ChatReplyView(string Role, string? Content);

/// <summary>Tokens.</summary>
public sealed record ChatUsageView(
    [property: JsonPropertyName("prompt_tokens")] long PromptTokens, [property: JsonPropertyName("completion_tokens")] long CompletionTokens,
    [property: JsonPropertyName("total_tokens")] long TotalTokens);

/// <summary>An error as OpenAI writes it.</summary>
public sealed record ChatErrorView(ChatErrorPartView Error);

/// <summary>What is wrong.</summary>
/// <param name="Type">The kind of error; OpenAI's clients go by the status.</param>
/// <param name="Param">The field that is wrong, where it is one.</param>
/// <param name="Code">The error's name, where it has one.</param>
/// <param name="RequestId">With a status of 500 and more: it finds the call in the server's log.</param>
public sealed record ChatErrorPartView(string Message, string Type, string? Param, string? Code,
    [property: JsonPropertyName("request_id"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? RequestId);
