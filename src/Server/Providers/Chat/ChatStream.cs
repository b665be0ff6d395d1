using System.Diagnostics;
using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Chat;

public abstract record ChatPart
{
    /// <param name="Json">A <c>chat.completion.chunk</c> as it came. The one with the usage has no choices.</param>
    /// <param name="Bytes">The same, byte for byte.</param>
    public sealed record Chunk(JsonElement Json, ReadOnlyMemory<byte> Bytes) : ChatPart;

    /// <summary>There is no more, and what came before is not the whole answer.</summary>
    public sealed record Broke(ChatFailure Failure) : ChatPart;
}

/// <summary>An answer that has begun. Disposing it, or cancelling the call it came from, hangs up.</summary>
public sealed class ChatStream : IAsyncDisposable
{
    private readonly UpstreamAccess access;
    private readonly HttpResponseMessage response;
    private readonly SentEvents events;
    private readonly CancellationTokenSource limit;
    private readonly CancellationToken cancel;
    private readonly long called;
    private ChatPart.Chunk? first;
    private bool broke, closed;

    private ChatStream(UpstreamAccess access, HttpResponseMessage response, Stream body, CancellationTokenSource limit, long called, CancellationToken cancel) =>
        (this.access, this.response, events, this.limit, this.called, this.cancel) = (access, response, new(body), limit, called, cancel);

    /// <summary>Who answers.</summary>
    public string Upstream { get; private set; } = "";

    /// <summary>Known at the end, where the upstream counts.</summary>
    public ChatUsage? Usage { get; private set; }

    /// <summary>Told once, with whether it broke off.</summary>
    private Action<bool> Ended { get; set; } = _ => { };

    /// <summary>Waits for the first chunk: until then somebody else may be asked.</summary>
    /// <param name="limit">Runs already, and is the stream's from now on; so is the response.</param>
    /// <param name="called">When, as a timestamp.</param>
    internal static async Task<(ChatStream? Answer, ChatFailure? Failure)> Begin(
        UpstreamAccess access, HttpResponseMessage response, CancellationTokenSource limit, long called, CancellationToken cancel)
    {
        var stream = new ChatStream(access, response, await response.Content.ReadAsStreamAsync(limit.Token), limit, called, cancel);
        (stream.first, var failure) = await stream.Next();
        return stream.first is null ? (null, failure ?? ChatFailure.Senseless) : (stream, null);
    }

    internal void Of(string upstream, Action<bool> ended) => (Upstream, Ended) = (upstream, ended);

    /// <summary>Once. It is whole when nothing broke.</summary>
    public async IAsyncEnumerable<ChatPart> Read()
    {
        for (var chunk = first; chunk is not null;)
        {
            yield return chunk;
            var left = TimeSpan.FromSeconds(access.TimeoutSeconds) - Stopwatch.GetElapsedTime(called);
            var silence = TimeSpan.FromSeconds(access.FirstTokenSeconds);
            if (left <= TimeSpan.Zero) await limit.CancelAsync();
            else limit.CancelAfter(left < silence ? left : silence);
            (chunk, var failure) = await Next();
            if (failure is null) continue;
            broke = true;
            yield return new ChatPart.Broke(failure);
        }
    }

    public ValueTask DisposeAsync()
    {
        if (closed) return default;
        closed = true;
        response.Dispose();
        limit.Dispose();
        Ended(broke);
        return default;
    }

    /// <returns>Neither at the end.</returns>
    private async Task<(ChatPart.Chunk? Chunk, ChatFailure? Failure)> Next()
    {
        try
        {
            var data = await events.Next(limit.Token);
            // Only silence counts, not what the reader takes its time for.
            limit.CancelAfter(Timeout.InfiniteTimeSpan);
            if (data is null) return (null, ChatFailure.BrokenOff);
            if (data.AsSpan().SequenceEqual(SentEvents.Done)) return default;
            var chunk = JsonSerializer.Deserialize<JsonElement>(data);
            if (chunk.At("choices").ValueKind != JsonValueKind.Array) return (null, chunk.At("error").ValueKind is JsonValueKind.Undefined ? ChatFailure.Senseless : ChatFailure.Of(200, chunk, null, access));
            Usage = ChatUsage.Of(chunk) ?? Usage;
            return (new(chunk, data), null);
        }
        catch (Exception fault) when (ChatFailure.Of(fault, cancel) is { } failure)
        {
            return (null, failure);
        }
    }
}
