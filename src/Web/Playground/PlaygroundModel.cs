using Rpd.Shared;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;
using Rpd.Shared.Prompts;
using Rpd.Shared.Templates;

namespace Rpd.Web.Playground;

/// <param name="Form">With <c>Type</c>, <c>Model</c> and <c>Provider</c> settled by the server and a fresh <c>RequestId</c>.</param>
/// <param name="Errors">Field names as in the form: <c>prompt</c>, <c>count</c>, <c>params.duration</c>, …; empty for the whole.</param>
/// <param name="Models">The whole catalogue: the page draws types, models and parameters from it.</param>
/// <param name="Recent">The newest generations of this account, newest first, about 12.</param>
/// <param name="BaseAddress">Scheme and host without a slash at the end, for the code panel.</param>
public sealed record PlaygroundModel(
    PlaygroundForm Form, FormErrors Errors, IReadOnlyList<ModelView> Models, PriceModel Price, IReadOnlyList<GenerationView> Recent, string BaseAddress)
{
    /// <summary>The chosen entry; null when the catalogue offers nothing for the type.</summary>
    public ModelView? Chosen => Models.FirstOrDefault(m => m.Id == Form.Model && (Form.Provider is null || m.Provider == Form.Provider));

    /// <summary>Whose words are kept in the browser.</summary>
    public Guid Account { get; init; }

    /// <summary>The files of the form that can be shown.</summary>
    public IReadOnlyList<InputView> Inputs { get; init; } = [];

    public TemplateView? Template { get; init; }

    /// <summary>A better prompt that was asked for, to be taken or left.</summary>
    public EnhancedPrompt? Enhanced { get; init; }

    public IReadOnlyList<RecommendationView> GoodFor { get; init; } = [];

    /// <summary>By model: how long it usually takes here, in milliseconds.</summary>
    public IReadOnlyDictionary<string, int> Speeds { get; init; } = new Dictionary<string, int>();

    /// <summary>By param: what the provider lists for it, as far as it has been asked already.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<ChoiceView>> Listed { get; init; } = new Dictionary<string, IReadOnlyList<ChoiceView>>();

    /// <summary>The largest file that this page takes for the account's plan.</summary>
    public long BytesMax { get; init; } = 25_000_000;

    /// <summary>Why the whole form was refused, if it was.</summary>
    public string? RefusedCode { get; init; }
}

/// <summary>What the price frame shows: an estimate, or why there is none.</summary>
/// <param name="Balance">Spendable credits now.</param>
public sealed record PriceModel(EstimateView? Estimate, Refusal? Refusal, long Balance)
{
    public bool Affordable => Estimate is not null && Estimate.Credits <= Balance;
}

/// <summary>A param whose choices the provider lists: a voice, an avatar.</summary>
/// <param name="Choices">Null: not asked for yet.</param>
/// <param name="Trouble">Why there are none.</param>
public sealed record ListedFieldModel(ParamSpec Spec, PlaygroundForm Form, FormErrors Errors, IReadOnlyList<ChoiceView>? Choices, string? Trouble = null)
{
    public string? Value => Form.Params.GetValueOrDefault(Spec.Name);

    /// <summary>Whose lists can be chosen from as one chooses from any other list.</summary>
    public static bool Draws(ModelView? model, ParamSpec spec) => spec is { Kind: ParamKind.Text, Choices: [] } && model?.Listed.Contains(spec.Name) == true;
}

/// <summary>The turbo-stream answer to a posted playground form.</summary>
/// <param name="RequestId">The id for the next post from the same form.</param>
public sealed record StartedModel(GenerationView Generation, PriceModel Price, string RequestId);

/// <summary>The answer to a wish for a better prompt.</summary>
public sealed record EnhancedModel(EnhancedPrompt? Enhanced, FormErrors Errors);

/// <summary>Models that suit the prompt, without the chosen one.</summary>
public sealed record GoodForModel(PlaygroundForm Form, IReadOnlyList<RecommendationView> Best)
{
    public const int Shown = 3;

    public static GoodForModel Of(PlaygroundForm form, IReadOnlyList<RecommendationView> ranked) =>
        new(form, [.. ranked.Where(one => one.Available).Take(Shown).Where(one => one.Model != form.Model)]);
}
