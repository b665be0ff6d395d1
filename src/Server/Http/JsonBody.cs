using System.Text.Json;
using Rpd.Shared;

namespace Rpd.Server.Http;

/// <summary>A request's JSON object, read whole and checked before any handler sees it.</summary>
/// <param name="Bytes">As sent: the fingerprint of an idempotent request.</param>
public sealed record JsonBody(JsonElement Object, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Prompts are short; nothing on these endpoints needs more.</summary>
    public const int BytesMax = 256 * 1024;

    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 32 };

    public Fields Fields => Fields.Of(Object);

    public static async Task<Outcome<JsonBody>> Read(HttpContext http)
    {
        if (http.Request.ContentType is null || !http.Request.HasJsonContentType())
            return new Refusal("UNSUPPORTED_MEDIA_TYPE", 415, "Send the body as application/json.");
        if (http.Request.ContentLength > BytesMax) return TooLarge;
        var body = new MemoryStream(http.Request.ContentLength is { } length ? (int)length : 1024);
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            int read;
            while ((read = await http.Request.Body.ReadAsync(buffer, http.RequestAborted)) > 0)
            {
                if (body.Length + read > BytesMax) return TooLarge;
                body.Write(buffer, 0, read);
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
        return Parse(body.GetBuffer().AsMemory(0, (int)body.Length));
    }

    private static Outcome<JsonBody> Parse(ReadOnlyMemory<byte> bytes)
    {
        if (bytes.Length == 0) return Refusal.Invalid("", "The body is empty; a JSON object is expected.");
        try
        {
            using var document = JsonDocument.Parse(bytes, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new JsonBody(document.RootElement.Clone(), bytes) : Refusal.Invalid("", "The body must be a JSON object.");
        }
        catch (JsonException fault)
        {
            return Refusal.Invalid("", $"The body is not valid JSON (line {fault.LineNumber + 1}, byte {fault.BytePositionInLine}).");
        }
    }

    private static Refusal TooLarge => new("PAYLOAD_TOO_LARGE", 413, $"The body may have {BytesMax / 1024} KB at most.");
}
