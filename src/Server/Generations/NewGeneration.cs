using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Generations.Inputs;
using Rpd.Server.Http;
using Rpd.Server.Providers.Sandbox;
using Rpd.Shared;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>A request for a generation that is right in every field and has a price.</summary>
public sealed record NewGeneration(
    string Type, CatalogEntry Entry, string? Prompt, string? NegativePrompt, string? InputImageUrl, string? InputVideoUrl, string? InputAudioUrl,
    IReadOnlyDictionary<string, JsonElement> Params, IReadOnlyList<string> IgnoredParams, int Count, Guid? ParentId, string Visibility,
    string? Title, string? WebhookUrl, EstimateView Price)
{
    /// <summary>For adults, by its author's word.</summary>
    public bool Mature { get; private init; }

    /// <summary>Its own, where running into it is what the model is for; null for the usual one of its type.</summary>
    public int? DeadlineSeconds { get; private init; }

    /// <summary>How long the model takes here; null while nobody knows.</summary>
    public MeasuredTime? Measured { get; private init; }

    /// <summary>What its caller calls the request, where that is kept and prevents nothing.</summary>
    public string? ClientKey { get; init; }

    public const string TestStaysPrivate = "What a test key makes cannot be published. Use a live key.";

    /// <summary>Reads and checks everything at once. A model that cannot run here is refused with <c>PROVIDER_UNAVAILABLE</c>.</summary>
    /// <param name="paramNames">The names below <c>params</c> that were sent.</param>
    /// <param name="modelFields">Where provider, model and params stand, when they stand elsewhere.</param>
    /// <param name="own">The provider keys of whoever asks.</param>
    /// <param name="lengths">Of its files, where they are known.</param>
    /// <param name="test">With a test key every model runs, as Sandbox plays all of them, and nothing can be published.</param>
    public static Outcome<NewGeneration> Read(Fields fields, IEnumerable<string> paramNames, ModelCatalog catalog, OwnKeys? own, bool test = false, Fields? modelFields = null, KnownLengths? lengths = null)
    {
        var type = fields.Choice("type", GenerationTypes.All, required: true);
        var entry = Model(modelFields ?? fields, catalog);
        var prompt = fields.Text("prompt", entry?.PromptMax ?? CatalogEntry.PromptMaxOfAll);
        var negativePrompt = fields.Text("negativePrompt", CatalogEntry.PromptMaxOfAll);
        var image = fields.Address("inputImageUrl");
        var video = fields.Address("inputVideoUrl");
        var audio = fields.Address("inputAudioUrl");
        var count = (int)(fields.Integer("count", 1, 4) ?? 1);
        var visibility = fields.Choice("visibility", Rpd.Shared.Generations.Visibility.All) ?? Rpd.Shared.Generations.Visibility.Private;
        var mature = fields.Flag("mature") ?? false;
        var title = fields.Text("title", 120);
        var webhook = fields.Address("webhookUrl");
        if (webhook?.StartsWith("file:", StringComparison.Ordinal) == true) fields.Wrong("webhookUrl", "webhookUrl must be an http or https address.");
        var parent = fields.Id("parentId");
        if (test && visibility != Rpd.Shared.Generations.Visibility.Private) fields.Wrong("visibility", TestStaysPrivate);
        if (entry is null) return fields.Refusal!;

        if (count > entry.OutputsMax) fields.Wrong("count", $"{entry.Id} makes {entry.OutputsMax} at most in one request.");
        var parameters = RequestParams.Read((modelFields ?? fields).Object("params"), paramNames, entry, lengths?.Longest(video, audio, parent));
        if (type is not null && !entry.SupportedTypes.Contains(type))
            fields.Wrong("type", $"{entry.Id} does not do {type}. It does: {string.Join(", ", entry.SupportedTypes)}.");
        if (type is not null) NeedInputs(fields, type, entry, prompt, parameters);
        if (fields.Refusal is { } wrong) return wrong;

        var price = catalog.Price(entry, type!, parameters.Values, prompt, count, own);
        if (price.Declined)
        {
            foreach (var detail in price.Refusal.Details ?? []) fields.Wrong(detail.Field, detail.Message);
            return price.Refusal with { Details = fields.Errors };
        }
        if (!test && catalog.Unavailable(entry, own) is { } reason)
            return new Refusal("PROVIDER_UNAVAILABLE", 503, $"{entry.DisplayName} cannot run here. {reason}");
        return new NewGeneration(type!, entry, prompt, negativePrompt, image, video, audio, parameters.Values, parameters.Ignored, count, parent,
            visibility, string.IsNullOrWhiteSpace(title) ? null : title, webhook, price.Value)
        { Mature = mature, DeadlineSeconds = OwnDeadline(entry, prompt, parameters, test), Measured = catalog.Times.Of(entry.Id) };
    }

    private static int? OwnDeadline(CatalogEntry entry, string? prompt, RequestParams parameters, bool test)
    {
        if (!test && entry.Provider != SandboxProvider.ProviderName) return null;
        var usual = Providers.Sandbox.Outcome.Of(entry.Id, prompt).DeadlineSeconds;
        return usual is not null && parameters.Values.TryGetValue("deadline", out var own) && own.TryGetDecimal(out var seconds) ? (int)Math.Ceiling(seconds) : usual;
    }

    /// <summary>The names below <c>params</c>, as far as there are any.</summary>
    public static IEnumerable<string> ParamNames(JsonElement body) =>
        body.TryGetProperty("params", out var sent) && sent.ValueKind == JsonValueKind.Object ? sent.EnumerateObject().Select(param => param.Name).Distinct() : [];

    private static CatalogEntry? Model(Fields fields, ModelCatalog catalog)
    {
        var provider = fields.Text("provider", 60, required: true);
        var model = fields.Text("model", 120, required: true);
        if (provider is null || model is null) return null;
        var entry = catalog.Find(model);
        if (entry is not null && entry.Provider == provider) return entry;
        var known = catalog.All.Where(other => other.Provider == provider).Select(other => other.Id).ToArray();
        if (entry is not null) fields.Wrong("provider", $"{model} belongs to the provider {entry.Provider}.");
        else if (known.Length == 0) fields.Wrong("provider", $"provider must be one of: {string.Join(", ", catalog.All.Select(other => other.Provider).Distinct())}.");
        else fields.Wrong("model", $"{provider} has no model {model}. It has: {string.Join(", ", known)}.");
        return null;
    }

    private static void NeedInputs(Fields fields, string type, CatalogEntry entry, string? prompt, RequestParams parameters)
    {
        if (type.StartsWith("text2", StringComparison.Ordinal)) Need("prompt");
        foreach (var input in entry.RequiredInputs.GetValueOrDefault(type) ?? [])
        {
            var ways = input.Split('|').Select(Field).ToArray();
            if (ways.Length == 1) Need(ways[0]);
            // A parent has files to give and no words: where words would do as well, it stands in for nothing.
            else if (!ways.Any(way => Given(way, byParent: ways.All(IsFile)))) fields.Wrong(ways[0], $"{entry.Id} needs one of: {string.Join(", ", ways)}.");
        }

        void Need(string field)
        {
            if (!Given(field) && !fields.Errors.Any(error => error.Field == field)) fields.Wrong(field, $"{field} is required for {type} with {entry.Id}.");
        }

        bool Given(string field, bool byParent = true) => field switch
        {
            "prompt" => !string.IsNullOrWhiteSpace(prompt),
            _ when field.StartsWith("params.", StringComparison.Ordinal) => parameters.Values.ContainsKey(field[7..]),
            // What a parent made may stand in for it; whether it has made one is asked before anything is paid.
            _ => fields.Has(field) || (byParent && fields.Has("parentId") && IsFile(field)),
        };
    }

    private static bool IsFile(string field) => field.StartsWith("input", StringComparison.Ordinal);

    private static string Field(string input) => InputFields.Of(input) ?? "params." + input;
}
