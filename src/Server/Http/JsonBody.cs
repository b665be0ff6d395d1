using System.Text.Json;
using System.Text.Unicode;
using Rpd.Shared;

namespace Rpd.Server.Http;

/// <summary>A request's JSON object, read whole and checked before any handler sees it.</summary>
/// <param name="Bytes">As sent: the fingerprint of an idempotent request.</param>
public sealed record JsonBody(JsonElement Object, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Prompts are short; nothing on these endpoints needs more.</summary>
    public const int BytesMax = 256 * 1024;

    /// <summary>Fifty prompts with their negatives at full length, in whatever script and however escaped.</summary>
    public const int BatchBytesMax = 3 * 1024 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    public Fields Fields => Fields.Of(Object);

    /// <param name="bytesMax">Where more than one request comes in a body.</param>
    public static async Task<Outcome<JsonBody>> Read(HttpContext http, int bytesMax = BytesMax)
    {
        if (http.Request.ContentType is null || !http.Request.HasJsonContentType())
            return new Refusal("UNSUPPORTED_MEDIA_TYPE", 415, "Send the body as application/json.");
        var bytes = await ReadBytes(http, bytesMax);
        return bytes.Declined ? bytes.Refusal : Parse(bytes.Value);
    }

    /// <summary>The whole body as it is, for faces that are told otherwise than by its content type what it is.</summary>
    public static async Task<Outcome<ReadOnlyMemory<byte>>> ReadBytes(HttpContext http, int bytesMax = BytesMax)
    {
        if (http.Request.ContentLength > bytesMax) return TooLarge(bytesMax);
        var body = new MemoryStream(http.Request.ContentLength is { } length ? (int)length : 1024);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
            {
                if (body.Length + read > bytesMax) return TooLarge(bytesMax);
                body.Write(buffer, 0, read);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
        return (ReadOnlyMemory<byte>)body.GetBuffer().AsMemory(0, (int)body.Length);
    }

    /// <inheritdoc cref="Read"/>
    public static Outcome<JsonBody> Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length == 0) return Refusal.Invalid("", "The body is empty; a JSON object is expected.");
        if (!Utf8.IsValid(bytes.Span)) return Refusal.Invalid("", "The body is not valid UTF-8.");
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            if (document.RootElement.ValueKind != JsonValueKind.Object) return Refusal.Invalid("", "The body must be a JSON object.");
            // Only an escape can still hide what is no text.
            if (bytes.Span.IndexOf("\\u"u8) >= 0 && NoText(document.RootElement, "") is { } where)
                return Refusal.Invalid(where, $"{(where.Length > 0 ? where : "The name of a field")} is not valid Unicode text.");
            return new JsonBody(document.RootElement.Clone(), bytes);
        }
        catch (JsonException fault)
        {
            return Refusal.Invalid("", $"The body is not valid JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine}).");
        }
    }

    /// <summary>
    /// The path of the first string that is half a surrogate pair, or of the object with such a name. It is valid JSON, but no reader of it could have
    /// the text without an exception.
    /// </summary>
    private static string? NoText(JsonElement value, string path)
    {
        try
        {
            switch (value.ValueKind)
            {
                case JsonValueKind.String:
                    _ = value.GetString();
                    return null;
                case JsonValueKind.Object:
                    return value.EnumerateObject().Select(member => NoText(member.Value, path.Length > 0 ? $"{path}.{member.Name}" : member.Name)).FirstOrDefault(found => found is not null);
                case JsonValueKind.Array:
                    return value.EnumerateArray().Select((item, i) => NoText(item, $"{path}[{i}]")).FirstOrDefault(found => found is not null);
                default:
                    return null;
            }
        }
        catch (InvalidOperationException)
        {
            return path;
        }
    }

    private static Refusal TooLarge(int bytesMax) => new("PAYLOAD_TOO_LARGE", 413, $"The body may have {bytesMax / 1024} KB at most.");
}
