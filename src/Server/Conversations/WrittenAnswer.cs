using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using Rpd.Server.Chat;
using Rpd.Server.Providers.Vendors;
using Rpd.Shared;

namespace Rpd.Server.Conversations;

/// <summary>
/// An answer as it is written. Disposed, it is settled and kept as far as it has come: whoever stops it, or leaves, pays for what was written until then. One that
/// breaks off costs nothing and is not kept.
/// </summary>
public sealed class WrittenAnswer(Guid conversation, string model, ChatCall call, IStreamedAnswer stream, KeepTurns keep, CancellationTokenSource stop, IDisposable running, TimeProvider time) : IAsyncDisposable
{
    private readonly StringBuilder text = new();
    private bool whole;

    public Guid Conversation => conversation;

    /// <summary>Why it is not whole; null while it comes, and when its reader stopped it.</summary>
    public Refusal? Broke => stream.Broke;

    /// <summary>What has been written so far, each time that there is more. Ends early when it is stopped or breaks off.</summary>
    public async IAsyncEnumerable<string> Read([EnumeratorCancellation] CancellationToken gone)
    {
        await using var chunks = stream.Read(stop.Token).GetAsyncEnumerator(gone);
        while (await Next(chunks))
        {
            var more = Delta(chunks.Current);
            if (more.Length == 0) continue;
            text.Append(more);
            yield return text.ToString();
        }
        whole = !stop.IsCancellationRequested;
    }

    public async ValueTask DisposeAsync()
    {
        using (stop)
        using (running)
        using (call)
        {
            if (stream is { Broke: null, Usage: { } usage })
            {
                var credits = call.Settle(usage.PromptTokens, usage.CompletionTokens);
                var now = time.GetUtcNow();
                await keep.Answer(new()
                {
                    Id = Guid.CreateVersion7(now),
                    ConversationId = conversation,
                    Role = ConversationTurn.Assistant,
                    Text = text.ToString(),
                    Model = model,
                    Credits = credits,
                    Tokens = usage.PromptTokens + usage.CompletionTokens,
                    Stopped = !whole,
                    CreatedAt = now,
                });
            }
            await stream.DisposeAsync();
        }
    }

    private async Task<bool> Next(IAsyncEnumerator<ReadOnlyMemory<byte>> chunks)
    {
        try
        {
            return await chunks.MoveNextAsync();
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return false;
        }
    }

    private static string Delta(ReadOnlyMemory<byte> chunk)
    {
        using var json = JsonDocument.Parse(chunk);
        var choices = json.RootElement.At("choices");
        return choices.ValueKind == JsonValueKind.Array && choices.GetArrayLength() > 0 ? choices[0].At("delta").At("content").Text() ?? "" : "";
    }
}
