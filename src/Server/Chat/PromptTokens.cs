using System.Text.Json;
using Rpd.Server.Chat.Tokens;

namespace Rpd.Server.Chat;

/// <summary>How many tokens a conversation has, before an upstream counts them: enough for a reservation, and for the price of what nobody counts.</summary>
public static class PromptTokens
{
    // Each message has a frame of its own; OpenAI's cookbook counts three tokens for it, and three for the beginning of the answer.
    private const int Frame = 3;

    // OpenAI's figures for GPT-4o: 85 for a picture in low detail; else 170 for each of its tiles of 512 pixels beside those, of which a square picture has four.
    private const int LowDetail = 85, HighDetail = 765;

    public static long Of(JsonElement body)
    {
        long tokens = Frame;
        foreach (var message in body.GetProperty("messages").EnumerateArray()) tokens += Frame + OfMessage(message);
        if (body.TryGetProperty("tools", out var tools)) tokens += TokenCount.Estimate(tools.GetRawText());
        return tokens;
    }

    /// <summary>All texts of a message, one after another.</summary>
    public static string Text(JsonElement message) => !message.TryGetProperty("content", out var content) ? ""
        : content.ValueKind == JsonValueKind.String ? content.GetString()!
        : content.ValueKind != JsonValueKind.Array ? ""
        : string.Join('\n', content.EnumerateArray().Select(TextOfPart).OfType<string>());

    private static long OfMessage(JsonElement message)
    {
        long tokens = 1;
        foreach (var member in message.EnumerateObject())
        {
            if (member.NameEquals("role")) continue;
            if (member.Value.ValueKind == JsonValueKind.String) tokens += TokenCount.Estimate(member.Value.GetString());
            else if (member.NameEquals("content") && member.Value.ValueKind == JsonValueKind.Array) tokens += member.Value.EnumerateArray().Sum(OfPart);
            else if (member.Value.ValueKind != JsonValueKind.Null) tokens += TokenCount.Estimate(member.Value.GetRawText());
        }
        return tokens;
    }

    private static long OfPart(JsonElement part) => TextOfPart(part) is { } text ? TokenCount.Estimate(text)
        : part.TryGetProperty("image_url", out var image) && image.ValueKind == JsonValueKind.Object && image.TryGetProperty("detail", out var detail) && detail.ValueEquals("low") ? LowDetail
        : HighDetail;

    private static string? TextOfPart(JsonElement part) => part.TryGetProperty("text", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
}
