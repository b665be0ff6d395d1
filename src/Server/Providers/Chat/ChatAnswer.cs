using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Chat;

/// <summary>A chat completion as the upstream gave it. Its <c>model</c> is the upstream's name, not ours.</summary>
/// <param name="Upstream">Who answered.</param>
public sealed record ChatAnswer(JsonElement Json, string Upstream)
{
    public ChatUsage? Usage => ChatUsage.Of(Json);

    /// <summary>What the model wrote; null when it wrote nothing.</summary>
    public string? Text => Json.At("choices").Items().FirstOrDefault().At("message", "content").Text();
}

/// <summary>Tokens that the upstream counted.</summary>
public sealed record ChatUsage(long PromptTokens, long CompletionTokens)
{
    internal static ChatUsage? Of(JsonElement answer) =>
        answer.At("usage", "prompt_tokens").Whole() is { } read ? new(read, answer.At("usage", "completion_tokens").Whole() ?? 0) : null;
}
