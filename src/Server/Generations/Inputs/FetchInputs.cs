using System.Text.Json;
using Npgsql;
using Rpd.Server.Catalog;
using Rpd.Server.Files;
using Rpd.Server.Media;
using Rpd.Server.Providers;
using Rpd.Server.Storage;

namespace Rpd.Server.Generations.Inputs;

/// <summary>What a generation that is about to run starts from.</summary>
public sealed record InputWish(Guid Account, string Type, string Model, string? Image, string? Video, string? Audio, Guid? Parent, IReadOnlyDictionary<string, JsonElement> Params);

/// <summary>Files for the provider, or one sentence for the customer why there are none.</summary>
public sealed record FetchedInputs(ProviderInputs Files, string? Refused = null);

/// <summary>
/// Brings a generation's inputs into its work folder and looks at them. What is wrong with them is the customer's to know and no bug: it ends the
/// generation, with its credits back.
/// </summary>
public sealed class FetchInputs(
    NpgsqlDataSource database, ModelCatalog catalog, InputSources sources, FileQueries files, PublishedFiles published, IStorage storage, DownloadInput download, Probe probe)
{
    public async Task<FetchedInputs> Run(InputWish wish, string workFolder, CancellationToken cancel)
    {
        var paths = new Dictionary<InputKind, string>();
        var given = GivenInput.Of(wish.Image, wish.Video, wish.Audio, wish.Params);
        var folder = Path.Combine(workFolder, "inputs");
        if (given.Count > 0 || wish.Parent is not null) Directory.CreateDirectory(folder);
        foreach (var (kind, text) in given)
        {
            var path = Path.Combine(folder, kind.Field.Split('.') is [_, var param] ? param : kind.Name);
            if (await Bring(wish.Account, kind, text, path, cancel) is { } refused) return new(ProviderInputs.None, refused);
            var looked = await Look(kind, path, cancel);
            if (looked.Refused is not null) return new(ProviderInputs.None, looked.Refused);
            paths[kind] = looked.Path;
        }
        if (wish.Parent is { } parent && await FromParent(wish, parent, paths, folder, cancel) is { } missing) return new(ProviderInputs.None, missing);
        return new(new(paths.GetValueOrDefault(InputKind.Image), paths.GetValueOrDefault(InputKind.Video), paths.GetValueOrDefault(InputKind.Audio))
        {
            More = paths.Where(one => !InputKind.All.Contains(one.Key)).ToDictionary(one => one.Key.Field["params.".Length..], one => one.Value),
        });
    }

    private async Task<string?> Bring(Guid account, InputKind kind, string text, string path, CancellationToken cancel)
    {
        var source = sources.Read(text);
        if (source is InputSource.Remote remote) return await download.Run(kind, remote.Address, path, cancel);
        var key = source switch
        {
            InputSource.OwnFile own => (await files.Stored(account, own.File, cancel))?.Key,
            InputSource.Stored stored => stored.Key,
            InputSource.Published work => await published.Find(work.Publication, work.Name, cancel),
            _ => null,
        };
        return key is not null && await LocalCopy.Make(storage, key, path, cancel) is not null ? null : $"{kind.Field}: the file is not there any more.";
    }

    private async Task<string?> FromParent(InputWish wish, Guid parent, Dictionary<InputKind, string> paths, string folder, CancellationToken cancel)
    {
        if (catalog.Known(wish.Model) is not { } entry) return null;
        var goesOn = InputKind.ContinuesParent(entry, wish.Type);
        if (!goesOn && InputKind.Required(entry, wish.Type).All(kinds => kinds.Any(paths.ContainsKey))) return null;
        const string gone = "parentId: its output is not there any more.";
        if (await ParentOutputs.Find(database, within: null, wish.Account, test: false, parent, cancel) is not { } outputs || (goesOn && outputs.Files.Count == 0)) return gone;
        foreach (var kind in outputs.Wanted(entry, wish.Type, paths.Keys))
        {
            if (outputs.First(kind) is not { } key) return gone;
            paths[kind] = Path.Combine(folder, kind.Name + Path.GetExtension(key));
            if (await LocalCopy.Make(storage, key, paths[kind], cancel) is null) return gone;
        }
        return null;
    }

    private async Task<(string Path, string? Refused)> Look(InputKind kind, string path, CancellationToken cancel)
    {
        try
        {
            var facts = await probe.Read(path, cancel);
            if (!kind.Fits(facts.ContentType)) return (path, $"{kind.Field} must be {kind.Words}; the file is {facts.ContentType}.");
            var named = path + MediaTypes.Extension(facts.ContentType);
            File.Move(path, named);
            return (named, null);
        }
        catch (MediaRefused refused)
        {
            return (path, $"{kind.Field}: {refused.Message}");
        }
        catch (TimeoutException)
        {
            return (path, $"{kind.Field}: the file takes too long to read.");
        }
    }
}
