using System.Text.Json;

namespace Rpd.Server.Providers;

/// <summary>
/// Something that turns a request into media. Adapters know the vendor and nothing of ours: no accounts, no credits, no rows.
/// </summary>
public interface IProvider
{
    /// <summary>The catalogue's name for it: <c>studio</c>, <c>kling</c>, …</summary>
    string Name { get; }

    /// <summary>Null when <paramref name="model"/> can run here now; otherwise one sentence for people that names what is missing.</summary>
    string? Unavailable(string model);

    /// <summary>Whether a picture from words alone is drawn by rules, with nothing in it that was learned from pictures: it cannot show anybody there is.</summary>
    bool Draws => false;

    /// <summary>
    /// Runs the request. May be called again for the same <see cref="ProviderRequest.GenerationId"/> after a crash, so it must not matter twice.
    /// Cancelling the token stops all work at once, child processes included.
    /// </summary>
    /// <param name="progress">0–100; only what is true: never a guess that outruns the work.</param>
    Task<ProviderResult> Submit(ProviderRequest request, IProgress<int> progress, CancellationToken cancel);
}

/// <summary>A vendor that goes on working after it has taken a request: what it has made is collected later.</summary>
public interface ICollectingProvider : IProvider
{
    /// <summary>
    /// Looks once, as often as it takes and from whichever node: the result, or <see cref="ProviderResult.Pending"/> again. The request is that of
    /// <see cref="IProvider.Submit"/>, with a work folder of its own.
    /// </summary>
    Task<ProviderResult> Collect(string upstreamId, ProviderRequest request, IProgress<int> progress, CancellationToken cancel);
}

/// <summary>Where a vendor's word arrives that something is ready. It only wakes: true is what is collected then, so it may come twice, late or never.</summary>
public interface IProviderCallbacks
{
    void Arrived(Guid generationId);
}

/// <param name="Params">Validated against the model's catalogue entry; absent keys mean the model's default.</param>
/// <param name="Count">Outputs wanted, 1–4. Fewer in the result is a partial success.</param>
/// <param name="WorkFolder">An existing scratch folder with nothing in it but the inputs; the caller deletes it.</param>
public sealed record ProviderRequest(
    Guid GenerationId,
    string Type,
    string Model,
    string Prompt,
    string? NegativePrompt,
    IReadOnlyDictionary<string, JsonElement> Params,
    int Count,
    string WorkFolder)
{
    public ProviderInputs Inputs { get; init; } = ProviderInputs.None;
}

/// <summary>The media a request starts from, as local files that may be read but not changed. Null: none was given.</summary>
public sealed record ProviderInputs(string? Image, string? Video, string? Audio)
{
    public static ProviderInputs None { get; } = new(null, null, null);

    /// <summary>Further media by the name of their param: <c>lastFrame</c>, <c>mask</c>.</summary>
    public IReadOnlyDictionary<string, string> More { get; init; } = new Dictionary<string, string>();
}

/// <summary>Either at least one file, or a failure as data. Bugs are exceptions.</summary>
public abstract record ProviderResult
{
    public sealed record Finished(IReadOnlyList<ProviderOutput> Outputs) : ProviderResult;

    /// <summary>Taken, and not done yet. Only from a <see cref="ICollectingProvider"/>.</summary>
    /// <param name="UpstreamId">The vendor's name for it; stored before anything else happens.</param>
    public sealed record Pending(string UpstreamId, TimeSpan PollAfter) : ProviderResult;

    public sealed record Failed(ProviderFault Fault, string Message) : ProviderResult;
}

/// <param name="Path">A file inside the request's work folder.</param>
public sealed record ProviderOutput(string Path)
{
    /// <summary>Where chance began, when it is known.</summary>
    public long? Seed { get; init; }
}

/// <summary>The small set every vendor's errors are mapped to.</summary>
public enum ProviderFault { InvalidInput, ContentPolicy, InsufficientQuota, RateLimited, Unavailable, TimedOut, Internal }
