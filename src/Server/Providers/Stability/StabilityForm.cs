using System.Globalization;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Stability;

/// <summary>The form of each route. Only fields that a route documents are sent to it: it refuses others.</summary>
internal sealed class StabilityForm
{
    private const int PixelsMax = 2000;

    /// <summary>Around a picture of which nobody said where it is to grow.</summary>
    private const int MarginPixels = 256;

    private readonly List<VendorPart> parts = [];
    private readonly VendorJob job;

    private StabilityForm(VendorJob job) => this.job = job;

    /// <summary>The catalogue's route; of the three for sound, the one that fits what the customer has given.</summary>
    public static string Path(VendorJob job)
    {
        if (job.Type != "audio") return job.Path;
        var variant = job.Text("variant") ?? (job.Audio is null ? "text-to-audio" : job.Whole("maskStart") is null ? "audio-to-audio" : "inpaint");
        return job.Path[..(job.Path.LastIndexOf('/') + 1)] + variant;
    }

    public static IReadOnlyList<VendorPart> Of(VendorJob job)
    {
        var form = new StabilityForm(job);
        form.Fill();
        return form.parts;
    }

    private void Fill()
    {
        switch (job.Type == "audio" ? "sound" : job.Path.Split('/', 4)[3])
        {
            case "generate/sd3":
                Put("model", job.UpstreamModel).Put("mode", job.Image is null ? "text-to-image" : "image-to-image").Words(preset: true).Start().Number("cfg_scale", "cfgScale")
                    .Put("aspect_ratio", job.Image is null ? job.Text("aspectRatio") : null);
                break;
            case "generate/ultra":
                Words(preset: true).Start().Put("aspect_ratio", job.Text("aspectRatio"));
                break;
            case "generate/core":
                Words(preset: true).Put("aspect_ratio", job.Text("aspectRatio"));
                break;
            case "edit/erase":
                File("image", job.Image).File("mask", Param("mask")).Number("grow_mask", "growMask");
                break;
            case "edit/inpaint":
                File("image", job.Image).File("mask", Param("mask")).Number("grow_mask", "growMask").Words(preset: true);
                break;
            case "edit/outpaint":
                File("image", job.Image).Sides().Number("creativity", "creativity").Words(preset: true, negative: false);
                break;
            case "edit/search-and-replace":
                File("image", job.Image).Put("search_prompt", job.Text("searchPrompt")).Words(preset: true);
                break;
            case "edit/search-and-recolor":
                File("image", job.Image).Put("select_prompt", job.Text("selectPrompt")).Words(preset: true);
                break;
            case "edit/remove-background" or "upscale/fast":
                // Neither has a seed: nothing about them is chance.
                File("image", job.Image).Put("output_format", job.Text("outputFormat"));
                return;
            case "edit/replace-background-and-relight":
                Relight();
                break;
            case "control/sketch" or "control/structure":
                File("image", job.Image).Number("control_strength", "controlStrength").Words(preset: true);
                break;
            case "control/style":
                File("image", job.Image).Number("fidelity", "fidelity").Words(preset: true);
                break;
            case "control/style-transfer":
                File("init_image", job.Image).File("style_image", Param("styleImage")).Number("style_strength", "styleStrength").Number("composition_fidelity", "compositionFidelity").Words(preset: false);
                break;
            case "upscale/conservative" or "upscale/creative":
                File("image", job.Image).Number("creativity", "creativity").Words(preset: true);
                break;
            case "sound":
                Sound();
                break;
            case var route:
                throw new NotSupportedException($"Stability has no route {route}.");
        }
        Number("seed", "seed").Put("output_format", job.Text("outputFormat"));
    }

    private void Sound()
    {
        Put("model", job.UpstreamModel).Put("prompt", job.Words()).Number("duration", "duration").Number("steps", "steps").Number("cfg_scale", "cfgScale").File("audio", job.Audio);
        var route = Path(job);
        if (route.EndsWith("/audio-to-audio", StringComparison.Ordinal)) Number("strength", "strength");
        if (route.EndsWith("/inpaint", StringComparison.Ordinal)) Number("mask_start", "maskStart").Number("mask_end", "maskEnd");
    }

    /// <summary>The prompt is of what stands behind the subject.</summary>
    private void Relight() => File("subject_image", job.Image).Put("background_prompt", job.Text("backgroundPrompt") ?? job.Words(negative: false)).File("background_reference", Param("backgroundReference"))
        .Put("negative_prompt", job.Request.NegativePrompt).Put("light_source_direction", job.Text("lightSourceDirection")).Number("light_source_strength", "lightSourceStrength")
        .Number("preserve_original_subject", "preserveOriginalSubject");

    /// <summary>The prompt; and the style, where it is one of the vendor's, in its own field. Any other style is said in words.</summary>
    private StabilityForm Words(bool preset, bool negative = true)
    {
        var style = preset && job.Text("style") is { } wanted && job.Facts.TryGetValue("stylePresets", out var known) && known.Items().Any(one => one.Text() == wanted) ? wanted : null;
        return Put("prompt", job.Words(style: style is null, negative: !negative)).Put("negative_prompt", negative ? job.Request.NegativePrompt : null).Put("style_preset", style);
    }

    /// <summary>The picture that it begins with, and how far it may go from there.</summary>
    private StabilityForm Start() => job.Image is null ? this : File("image", job.Image).Number("strength", "strength");

    private StabilityForm Sides()
    {
        job.Request.Params.TryGetValue("pixels", out var pixels);
        var sides = new[] { "left", "right", "up", "down" }.Select(side => (Side: side, Pixels: pixels.At(side).Number(PixelsMax) ?? 0)).ToArray();
        var given = sides.Any(one => one.Pixels > 0);
        foreach (var (side, length) in sides) Put(side, ((int)(given ? length : MarginPixels)).ToString(CultureInfo.InvariantCulture));
        return this;
    }

    private MediaInput? Param(string name) => job.More.GetValueOrDefault(name);

    private StabilityForm Put(string name, string? text)
    {
        if (text is { Length: > 0 }) parts.Add(VendorPart.Of(name, text));
        return this;
    }

    private StabilityForm Number(string name, string param) => Put(name, job.Number(param)?.ToString(CultureInfo.InvariantCulture));

    private StabilityForm File(string name, MediaInput? file)
    {
        if (file is not null) parts.Add(VendorPart.Of(name, file));
        return this;
    }
}
