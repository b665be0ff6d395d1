using System.Globalization;
using Rpd.Server.Catalog;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Http;
using Rpd.Server.Media;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Storage;

namespace Rpd.Server.Generations.Remote;

/// <summary>Makes what vendors are called with: the request in the words of the model that serves it, its media, our account there, and the way back.</summary>
public sealed class PrepareJob(
    ModelCatalog catalog, VendorList vendors, FetchInputs fetch, Probe probe, IStorage storage, SignedUrls urls, PublicAddress address, CallbackAddress callbacks, Submissions submissions,
    RemoteOptions options)
{
    private const double LengthSlackSeconds = 1;

    private static readonly TimeSpan LinkLife = TimeSpan.FromHours(24);

    /// <summary>Whether vendors can fetch what lies here.</summary>
    public bool Reachable => options.Reachable ?? address.Secure;

    /// <param name="own">The account's own credentials, where they are what the run is made with.</param>
    public PreparedJob For(RemoteRun run, VendorAccess? own) => new(run, own, this);

    /// <param name="media">The customer's files, or none of them where the vendor is only asked.</param>
    /// <returns>Null when the catalogue does not know the model any more, or it cannot do what was asked of another.</returns>
    internal async Task<VendorJob?> Build(RemoteRun run, VendorAccess? own, Submission row, RemoteMedia media, CancellationToken cancel)
    {
        if (catalog.Known(row.Model) is not { } entry) return null;
        var parameters = row.Model == run.Model ? run.Params : RequestParams.For(entry, catalog.Known(run.Model), run.Type, run.Params);
        if (parameters is null) return null;
        var request = new ProviderRequest(run.Id, run.Type, entry.Id, run.Prompt, run.NegativePrompt, parameters, row.Count, run.Folder);
        return new(row.Id, request, entry.UpstreamModelId ?? entry.Id, entry.PathOf(run.Type), row.Count, callbacks.Of(row.Provider, row.Id))
        {
            Access = own ?? vendors.Access(row.Provider),
            Facts = entry.Params,
            Image = media.Image,
            Video = media.Video,
            Audio = media.Audio,
            More = media.More,
            Parent = run.Inputs.Parent is { } parent ? await submissions.Upstream(parent, row.Provider, run.OwnKey ? run.Account : null, cancel) : null,
        };
    }

    /// <returns>The customer's files, or one sentence for him why there are none.</returns>
    internal async Task<(RemoteMedia? Media, string? Refused)> Media(RemoteRun run, CancellationToken cancel)
    {
        var got = await fetch.Run(run.Inputs, run.Folder, cancel);
        if (got.Refused is not null) return (null, got.Refused);
        var more = new Dictionary<string, MediaInput>();
        foreach (var (name, path) in got.Files.More) more[name] = (await Of(run, path, cancel))!;
        var media = new RemoteMedia(await Of(run, got.Files.Image, cancel), await Of(run, got.Files.Video, cancel), await Of(run, got.Files.Audio, cancel), more);
        return TooLong(run, media) is { } refused ? (null, refused) : (media, null);
    }

    /// <summary>What follows the length of its input is sold by the second, for the length that the customer named: the vendor would make, and bill, all of it.</summary>
    private string? TooLong(RemoteRun run, RemoteMedia media)
    {
        if (catalog.Known(run.Model) is not { BillingUnit: "second" } entry || entry.Rules.ContainsKey("duration") || run.Params.GetValueOrDefault("duration").Number(double.MaxValue) is not { } paid) return null;
        var longest = Math.Max(media.Video?.Seconds ?? 0, media.Audio?.Seconds ?? 0);
        return longest <= paid + LengthSlackSeconds ? null : string.Create(CultureInfo.InvariantCulture, $"The input lasts {longest:0.#} s, and {paid:0.#} s are paid for. Set params.duration to {Math.Ceiling(longest):0}.");
    }

    private async Task<MediaInput?> Of(RemoteRun run, string? path, CancellationToken cancel)
    {
        if (path is null) return null;
        var facts = await probe.Read(path, cancel);
        if (!Reachable) return new(path, facts.ContentType, null, facts.DurationSeconds);
        // Beside the outputs, so that it goes when they go. Keys have no capitals, and files are called after their params.
        var key = $"{CollectOutputs.Folder(run.Id)}/inputs/{Path.GetFileName(path).ToLowerInvariant()}";
        await using var content = File.OpenRead(path);
        await storage.Put(key, content, cancel);
        return new(path, facts.ContentType, new Uri(address.Link(urls.Of(key, LinkLife))), facts.DurationSeconds);
    }
}

/// <summary>The media that a request starts from.</summary>
internal sealed record RemoteMedia(MediaInput? Image, MediaInput? Video, MediaInput? Audio, IReadOnlyDictionary<string, MediaInput> More)
{
    public static RemoteMedia None { get; } = new(null, null, null, new Dictionary<string, MediaInput>());
}

/// <summary>One run's jobs, for whichever vendor; its media are brought here once, when somebody first needs them.</summary>
public sealed class PreparedJob(RemoteRun run, VendorAccess? own, PrepareJob prepare) : IDisposable
{
    private readonly SemaphoreSlim one = new(1);
    private (RemoteMedia? Media, string? Refused)? media;

    /// <returns>The job; or a sentence for the customer; or neither, when the model is gone.</returns>
    public async Task<(VendorJob? Job, string? Refused)> ToSubmit(Submission row, CancellationToken cancel)
    {
        await one.WaitAsync(cancel);
        try
        {
            media ??= await prepare.Media(run, cancel);
        }
        finally
        {
            one.Release();
        }
        return media.Value.Media is { } files ? (await prepare.Build(run, own, row, files, cancel), null) : (null, media.Value.Refused);
    }

    /// <summary>To ask what has become of it: its media are with the vendor already.</summary>
    public Task<VendorJob?> ToAsk(Submission row, CancellationToken cancel) => prepare.Build(run, own, row, RemoteMedia.None, cancel);

    public void Dispose() => one.Dispose();
}
