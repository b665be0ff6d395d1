using Rpd.Server.Media;
using Rpd.Server.Providers.Studio.Sketch;

namespace Rpd.Server.Providers.Studio;

/// <summary>
/// <c>studio-sketch</c>, text to image: the prompt's words choose a scene, the seed arranges it, and the drawing is rasterised to PNG.
/// The same prompt, parameters and seed give the same bytes, so running a request twice does not matter.
/// </summary>
internal sealed class SketchModel(Tools tools) : IStudioModel
{
    private const int SecondsMax = 60;

    public string Name => "studio-sketch";

    public IReadOnlyList<Tool> Needs => [tools.Vips];

    public async Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        if (PictureSize.Of(request) is not { } size)
            return new ProviderResult.Failed(ProviderFault.InvalidInput, $"Width and height must be between {PictureSize.SideMin} and {PictureSize.SideMax} pixels.");
        var seed = request.Seed();
        var count = Math.Clamp(request.Count, 1, 4);
        var outputs = new List<ProviderOutput>();
        for (var i = 0; i < count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            var drawing = Composer.Compose(request.Prompt, request.NegativePrompt, request.Text("style"), size.Width, size.Height, unchecked(seed + i));
            progress.Report((2 * i + 1) * 100 / (2 * count));
            var path = await Rasterise(drawing, size, Path.Combine(request.WorkFolder, $"sketch-{i + 1}"), cancel);
            if (path is null) break;
            outputs.Add(new ProviderOutput(path));
            progress.Report((2 * i + 2) * 100 / (2 * count));
        }
        return outputs.Count > 0 ? new ProviderResult.Finished(outputs) : new ProviderResult.Failed(ProviderFault.Internal, "The picture could not be written.");
    }

    private async Task<string?> Rasterise(Drawing drawing, PictureSize size, string stem, CancellationToken cancel)
    {
        var (svg, png, coarse) = (stem + ".svg", stem + ".png", stem + ".coarse.png");
        var (width, height) = ((size.Width + drawing.Coarse - 1) / drawing.Coarse, (size.Height + drawing.Coarse - 1) / drawing.Coarse);
        await File.WriteAllTextAsync(svg, drawing.Svg(width, height), cancel);
        // The sheet is white. Without an alpha channel and with the lightest compression, writing the PNG takes a fraction of the time and no more room.
        var drawn = await tools.Vips.Run(
            ["flatten", svg + "[unlimited]", (drawing.Coarse > 1 ? coarse : png) + "[compression=1,filter=sub,strip]", "--background", "255"], ToolOptions.Within(SecondsMax), cancel);
        if (drawn.ExitCode == 0 && drawing.Coarse > 1)
        {
            drawn = await tools.Vips.Run(
                ["resize", coarse, png, Number((double)size.Width / width), "--vscale", Number((double)size.Height / height), "--kernel", "nearest"], ToolOptions.Within(SecondsMax), cancel);
            File.Delete(coarse);
        }
        File.Delete(svg);
        return drawn.ExitCode == 0 && File.Exists(png) ? png : null;
    }

    private static string Number(double value) => value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
}
