using Rpd.Server.Files;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Http;
using Rpd.Server.Media;
using Rpd.Shared.Files;
using Rpd.Shared.Generations;
using Rpd.Web.Playground;
using Rpd.Web.Ui;

namespace Rpd.Server.Generations.Playground;

/// <summary>Shows what an input address means to its owner: an upload, something made here, a published work, or somebody else's file.</summary>
public sealed class PageInputs(InputSources sources, FileQueries files, GenerationQueries generations, PublicAddress address)
{
    private static readonly string[] Fields = ["inputImageUrl", "inputVideoUrl", "inputAudioUrl"];

    /// <summary>Addresses of this server come back fresh, and those that lead nowhere any more are left out.</summary>
    public async Task<(PlaygroundForm Form, IReadOnlyList<InputView> Inputs)> Of(Guid account, PlaygroundForm form, CancellationToken cancel)
    {
        var inputs = new List<InputView>();
        foreach (var field in Fields)
        {
            if (form.Input(field) is not { Length: <= 2048 } text || Source(text) is not { } source) continue;
            var shown = await Show(account, field, text, source, cancel);
            if (shown is not null) inputs.Add(shown);
            if (shown is not null || source is InputSource.Expired) form = form.WithInput(field, shown?.Value);
        }
        return (form, inputs);
    }

    public InputView Of(FileView file) => new(
        FieldOf(file.ContentType), $"file:{file.FileId}", MediaTypes.Kind(file.ContentType), file.Filename, file.Url is null ? null : Below(file.Url));

    public InputView Of(GenerationView run, OutputView output) => new(
        FieldOf(output.ContentType), address.Link(output.Url), MediaTypes.Kind(output.ContentType), Words.Short(run.Title ?? run.Prompt, 60) is { Length: > 0 } words ? words : Words.Type(run.Type),
        output.Url, output.ThumbnailUrl);

    private async Task<InputView?> Show(Guid account, string field, string text, InputSource source, CancellationToken cancel)
    {
        var kind = InputSlot.KindOf(field);
        switch (source)
        {
            case InputSource.OwnFile own:
                return await files.Find(account, own.File, cancel) is { Status: FileStatus.Confirmed } file ? Of(file) with { Field = field } : null;
            case InputSource.Published:
                return new(field, text, kind, "A published work", Below(text));
            case InputSource.Remote remote:
                return new(field, text, kind, remote.Address.Host + remote.Address.AbsolutePath);
            default:
                return await Made(account, Key(text), cancel) is { } made ? made with { Field = field }
                    : source is InputSource.Stored ? new(field, text, kind, "Your file", Below(text)) : null;
        }
    }

    // Signed addresses end after a day; the run that the file came out of tells the new one.
    private async Task<InputView?> Made(Guid account, string key, CancellationToken cancel)
    {
        if (CollectOutputs.GenerationOf(key) is not { } id || await generations.Own(account, id, cancel) is not { } run) return null;
        return run.Outputs.FirstOrDefault(output => output.Url.StartsWith($"/files/{key}?", StringComparison.Ordinal)) is { } output ? Of(run, output) : null;
    }

    private string Key(string text) => Below(text)["/files/".Length..].Split('?')[0];

    // What Fields.Address would refuse has nothing to show.
    private InputSource? Source(string text) =>
        text.StartsWith("file:", StringComparison.Ordinal) ? Guid.TryParse(text.AsSpan(5), out _) ? sources.Read(text) : null
        : Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? sources.Read(text) : null;

    private static string FieldOf(string contentType) => InputKind.All.First(kind => kind.Fits(contentType)).Field;

    // Pages name no host: they work under any name of the server.
    private string Below(string url) => url.StartsWith(address.Base, StringComparison.Ordinal) ? url[address.Base.Length..] : url;
}
