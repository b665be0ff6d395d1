using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rpd.Server.Providers.Chat;

/// <summary>A request as one upstream gets it: with its name of the model, and streamed or not as we want it. Everything else goes on as it came.</summary>
internal static class ChatBody
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Write(JsonObject request, string model, bool stream)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Plain))
        {
            json.WriteStartObject();
            json.WriteString("model", model);
            json.WriteBoolean("stream", stream);
            if (stream) WriteStreamOptions(json, request["stream_options"] as JsonObject);
            WriteMembers(json, request, "model", "stream", "stream_options");
            json.WriteEndObject();
        }
        return bytes.WrittenSpan.ToArray();
    }

    // Without it a streamed answer does not tell what it has cost.
    private static void WriteStreamOptions(Utf8JsonWriter json, JsonObject? asked)
    {
        json.WriteStartObject("stream_options");
        json.WriteBoolean("include_usage", true);
        if (asked is not null) WriteMembers(json, asked, "include_usage");
        json.WriteEndObject();
    }

    private static void WriteMembers(Utf8JsonWriter json, JsonObject from, params ReadOnlySpan<string> except)
    {
        foreach (var (name, value) in from)
        {
            if (except.Contains(name)) continue;
            json.WritePropertyName(name);
            if (value is null) json.WriteNullValue();
            else value.WriteTo(json);
        }
    }
}
