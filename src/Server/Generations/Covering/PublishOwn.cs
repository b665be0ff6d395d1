using Rpd.Shared;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations.Covering;

/// <param name="Generation">What was changed: the generation itself, or its pixelated copy.</param>
/// <param name="Faces">When there are any, nothing was changed: their owner has to say what becomes of them.</param>
public sealed record PublishedOwn(Guid Generation, int Faces);

/// <summary>A person changes a generation of theirs on its page. Before what was private is opened to others, faces are looked for; programs decide that for themselves.</summary>
public sealed class PublishOwn(ChangeGeneration change, CountFaces count, CoverFaces cover, GenerationQueries generations)
{
    /// <param name="answer">What becomes of faces: <see cref="VisibilityForm.Pixelated"/> or <see cref="VisibilityForm.AsItIs"/>; null as long as nobody has asked.</param>
    public async Task<Outcome<PublishedOwn>> Run(Guid account, Guid id, GenerationChanges changes, string? answer, CancellationToken cancel)
    {
        var opens = changes.Visibility is Visibility.Public or Visibility.Unlisted && await generations.Own(account, id, cancel) is { Visibility: Visibility.Private };
        if (opens && answer is null && await count.Run(account, id, cancel) is > 0 and var faces) return new PublishedOwn(id, faces);
        if (!opens || answer != VisibilityForm.Pixelated) return await change.Run(account, id, changes, cancel) is { } refusal ? refusal : new PublishedOwn(id, 0);
        // Title and label first: when they are refused there is no copy yet.
        if (await change.Run(account, id, changes with { Visibility = null }, cancel) is { } unfit) return unfit;
        var copy = await cover.Run(account, id, cancel);
        if (copy.Declined) return copy.Refusal;
        return await change.Run(account, copy.Value, changes, cancel) is { } lost ? lost : new PublishedOwn(copy.Value, 0);
    }
}
