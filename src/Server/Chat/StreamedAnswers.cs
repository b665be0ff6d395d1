using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Rpd.Server.Chat.Tokens;
using Rpd.Server.Providers.Chat;
using Rpd.Server.Providers.Vendors;
using Rpd.Shared;

namespace Rpd.Server.Chat;

/// <summary>An answer that comes bit by bit.</summary>
public interface IStreamedAnswer : IAsyncDisposable
{
    /// <summary>Chunks as they go to the caller, each a JSON object. Once.</summary>
    IAsyncEnumerable<ReadOnlyMemory<byte>> Read(CancellationToken cancel);

    /// <summary>Why it is not whole; null while it comes, and when it is.</summary>
    Refusal? Broke { get; }

    /// <summary>Of what has been handed out so far: what the upstream counted where it did, else our estimate. Null before the first chunk.</summary>
    ChatUsage? Usage { get; }
}

internal sealed class BuiltInStream(ChatRequest request, string text, DateTimeOffset now) : IStreamedAnswer
{
    private int said = -1;

    public Refusal? Broke => null;

    public ChatUsage? Usage => said < 0 ? null : AskChat.Counted(request, text[..said]);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Read([EnumeratorCancellation] CancellationToken cancel)
    {
        var id = CompletionJson.NewId();
        foreach (var (index, piece) in TokenCount.Pieces(text).Index())
        {
            cancel.ThrowIfCancellationRequested();
            said = Math.Max(0, said) + piece.Length;
            yield return CompletionJson.Chunk(id, request.Model.Id, now, piece, first: index == 0);
        }
        yield return CompletionJson.Chunk(id, request.Model.Id, now, null, first: false);
        if (request.IncludeUsage) yield return CompletionJson.UsageChunk(id, request.Model.Id, now, AskChat.Counted(request, text));
        await Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => default;
}

/// <summary>An upstream's chunks, byte for byte but for the name of the model where it has another one there.</summary>
internal sealed class UpstreamStream(ChatRequest request, ChatStream stream) : IStreamedAnswer
{
    private readonly StringBuilder said = new();
    private bool any;
    private byte[]? theirs;

    public Refusal? Broke { get; private set; }

    public ChatUsage? Usage => stream.Usage ?? (any ? AskChat.Counted(request, said.ToString()) : null);

    public async IAsyncEnumerable<ReadOnlyMemory<byte>> Read([EnumeratorCancellation] CancellationToken cancel)
    {
        await foreach (var part in stream.Read().WithCancellation(cancel))
        {
            if (part is ChatPart.Broke end)
            {
                Broke = AskChat.Refuse(end.Failure);
                yield break;
            }
            var chunk = (ChatPart.Chunk)part;
            any = true;
            var choices = chunk.Json.At("choices");
            foreach (var choice in choices.EnumerateArray()) Note(choice.At("delta"));
            // We have asked for the usage; whoever has not gets no chunk of it.
            if (!request.IncludeUsage && choices.GetArrayLength() == 0 && chunk.Json.At("usage").ValueKind == JsonValueKind.Object) continue;
            yield return Named(chunk);
        }
    }

    public ValueTask DisposeAsync() => stream.DisposeAsync();

    private void Note(JsonElement delta)
    {
        if (delta.At("content").Text() is { } text) said.Append(text);
        if (delta.At("reasoning_content").Text() is { } thought) said.Append(thought);
        if (delta.At("tool_calls") is { ValueKind: JsonValueKind.Array } calls) said.Append(calls.GetRawText());
    }

    private ReadOnlyMemory<byte> Named(ChatPart.Chunk chunk)
    {
        if (chunk.Json.At("model").Text() is not { } name || name == request.Model.Id) return chunk.Bytes;
        theirs ??= Quoted(name);
        var at = chunk.Bytes.Span.IndexOf(theirs);
        // Written in another way than we would, with a space or an escape: it stays as it is rather than be written anew.
        return at < 0 ? chunk.Bytes : (byte[])[.. chunk.Bytes.Span[..at], .. Quoted(request.Model.Id), .. chunk.Bytes.Span[(at + theirs.Length)..]];
    }

    private static byte[] Quoted(string model) => Encoding.UTF8.GetBytes($"\"model\":\"{model}\"");
}
