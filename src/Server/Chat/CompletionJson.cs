using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Rpd.Server.Providers.Chat;

namespace Rpd.Server.Chat;

/// <summary>Completions of our own in OpenAI's words: whole, and in chunks.</summary>
internal static class CompletionJson
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string NewId() => $"chatcmpl-{Guid.CreateVersion7():N}";

    public static byte[] Whole(string model, string text, ChatUsage usage, DateTimeOffset now) => Write(json =>
    {
        Head(json, NewId(), "chat.completion", model, now);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("message");
        json.WriteString("role", "assistant");
        json.WriteString("content", text);
        json.WriteEndObject();
        json.WriteString("finish_reason", "stop");
        json.WriteEndObject();
        json.WriteEndArray();
        WriteUsage(json, usage);
    });

    /// <param name="text">Null for the last one, which says that the answer is complete.</param>
    public static byte[] Chunk(string id, string model, DateTimeOffset now, string? text, bool first) => Write(json =>
    {
        Head(json, id, "chat.completion.chunk", model, now);
        json.WriteStartArray("choices");
        json.WriteStartObject();
        json.WriteNumber("index", 0);
        json.WriteStartObject("delta");
        if (first) json.WriteString("role", "assistant");
        if (text is not null) json.WriteString("content", text);
        json.WriteEndObject();
        if (text is null) json.WriteString("finish_reason", "stop");
        else json.WriteNull("finish_reason");
        json.WriteEndObject();
        json.WriteEndArray();
    });

    /// <summary>The chunk after all others, for whoever wants to know.</summary>
    public static byte[] UsageChunk(string id, string model, DateTimeOffset now, ChatUsage usage) => Write(json =>
    {
        Head(json, id, "chat.completion.chunk", model, now);
        json.WriteStartArray("choices");
        json.WriteEndArray();
        WriteUsage(json, usage);
    });

    public static void WriteUsage(Utf8JsonWriter json, ChatUsage usage)
    {
        json.WriteStartObject("usage");
        json.WriteNumber("prompt_tokens", usage.PromptTokens);
        json.WriteNumber("completion_tokens", usage.CompletionTokens);
        json.WriteNumber("total_tokens", usage.PromptTokens + usage.CompletionTokens);
        json.WriteEndObject();
    }

    private static void Head(Utf8JsonWriter json, string id, string kind, string model, DateTimeOffset now)
    {
        json.WriteString("id", id);
        json.WriteString("object", kind);
        json.WriteNumber("created", now.ToUnixTimeSeconds());
        json.WriteString("model", model);
    }

    private static byte[] Write(Action<Utf8JsonWriter> members)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            members(json);
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }
}
