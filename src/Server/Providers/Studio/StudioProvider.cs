using Rpd.Server.Media;

namespace Rpd.Server.Providers.Studio;

/// <summary>
/// The provider that needs no key, no network and no graphics card: it paints prompts as vector scenes (<see cref="SketchModel"/>)
/// and reads text aloud (<see cref="VoiceModel"/>). It is honest about what it is: drawn by rules, not by a trained model.
/// </summary>
public sealed class StudioProvider(Tools tools) : IProvider
{
    private readonly IReadOnlyDictionary<string, IStudioModel> _models =
        new IStudioModel[] { new SketchModel(tools), new MotionModel(tools), new TuneModel(tools), new RestyleModel(tools), new AnimateModel(tools), new EffectsModel(tools), new GradeModel(tools), new UpscaleModel(tools), new ExtendModel(tools), new TransferModel(tools), new AvatarModel(tools), new VoiceModel(tools) }.ToDictionary(m => m.Name);

    public const string ProviderName = "studio";

    public string Name => ProviderName;

    public bool Draws => true;

    public string? Unavailable(string model) =>
        _models.TryGetValue(model, out var found)
            ? found.Needs.FirstOrDefault(t => !t.Present)?.Missing
            : "Studio has no model of this name.";

    public async Task<ProviderResult> Submit(ProviderRequest request, IProgress<int> progress, CancellationToken cancel)
    {
        if (!_models.TryGetValue(request.Model, out var model)) return new ProviderResult.Failed(ProviderFault.InvalidInput, "Studio has no model of this name.");
        try
        {
            return await model.Make(request, progress, cancel);
        }
        catch (ToolMissing missing)
        {
            return new ProviderResult.Failed(ProviderFault.Unavailable, missing.Message);
        }
        catch (MediaRefused refused)
        {
            return Answer.Invalid(refused.Message);
        }
        catch (TimeoutException)
        {
            return new ProviderResult.Failed(ProviderFault.TimedOut, "The work took longer than allowed and was stopped.");
        }
    }
}

/// <summary>One model of the studio.</summary>
internal interface IStudioModel
{
    string Name { get; }

    /// <summary>Programs without which it cannot work.</summary>
    IReadOnlyList<Tool> Needs { get; }

    Task<ProviderResult> Make(ProviderRequest request, IProgress<int> progress, CancellationToken cancel);
}

public static class StudioSetup
{
    /// <summary>Needs <see cref="MediaSetup.AddMedia"/>.</summary>
    public static IServiceCollection AddStudio(this IServiceCollection services) => services.AddSingleton<IProvider, StudioProvider>();
}
