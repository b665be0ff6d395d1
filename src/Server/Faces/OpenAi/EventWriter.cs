using System.Buffers;
using System.Text.Json;
using Rpd.Server.Chat;
using Rpd.Server.Http;

namespace Rpd.Server.Faces.OpenAi;

/// <summary>An answer as server-sent events, each of which is sent at once.</summary>
internal static class EventWriter
{
    private static readonly byte[] Data = "data: "u8.ToArray(), End = "\n\n"u8.ToArray(), Done = "data: [DONE]\n\n"u8.ToArray();

    /// <summary>An answer that breaks off ends in an error instead of the mark of the end.</summary>
    public static async Task Write(HttpContext http, IStreamedAnswer answer)
    {
        var (body, gone) = (http.Response.BodyWriter, http.RequestAborted);
        await foreach (var chunk in answer.Read(gone))
        {
            Add(chunk.Span);
            await body.FlushAsync(gone);
        }
        if (answer.Broke is { } broke) Add(JsonSerializer.SerializeToUtf8Bytes(OpenAiFace.Body(broke, http), ApiAnswers.Json));
        else body.Write(Done);
        await body.FlushAsync(gone);

        void Add(ReadOnlySpan<byte> json)
        {
            body.Write(Data);
            body.Write(json);
            body.Write(End);
        }
    }
}
