using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Film;
using Rpd.Server.Providers.Studio.Looks;
using Rpd.Server.Providers.Studio.Sources;
using Rpd.Server.Providers.Studio.Stills;

namespace Rpd.Server.Providers.Studio;

/// <summary><c>studio-restyle</c>, image to image: the given picture by the rules of one look; the parameter <c>style</c>, else the prompt, names it.</summary>
internal sealed class RestyleModel(Tools tools) : IStudioModel
{
    private const int SideMax = 2048;

    public string Name => "studio-restyle";

    public IReadOnlyList<Tool> Needs => [tools.Vips, tools.VipsHeader, tools.VipsThumbnail];

    public async Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        var style = Restyle.Said(request.Text("style")) ?? Restyle.Said(request.Prompt) ?? (request.Text("style") is null ? "oil" : null);
        if (style is null) return Answer.Invalid($"The style must be one of: {string.Join(", ", Restyle.Names)}.");
        var strength = request.Number("strength") ?? 0.8;
        if (strength is < 0 or > 1) return Answer.Invalid("The strength must be between 0 and 1.");

        var source = new Source(tools);
        await source.Picture(request.Inputs.Image, cancel);
        var picture = await source.Pixels(request.Inputs.Image!, SideMax, SideMax, request.WorkFolder, cancel);
        progress.Report(20);
        var count = Math.Clamp(request.Count, 1, 4);
        var outputs = new List<ProviderOutput>();
        for (var i = 0; i < count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var target = new Raster(picture.Width, picture.Height);
            Restyle.Paint(style, picture, target, strength, unchecked((ulong)(request.Seed() + i)) % 24 * 15);
            var path = Path.Combine(request.WorkFolder, $"restyle-{i + 1}.png");
            if (!await PictureFile.Write(tools, target, path, cancel)) return Answer.Broken("The picture could not be written.");
            outputs.Add(new(path));
            progress.Report(20 + 80 * (i + 1) / count);
        }
        return new ProviderResult.Finished(outputs);
    }
}
