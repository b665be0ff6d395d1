using Microsoft.Extensions.Primitives;
using Rpd.Shared.Generations;
using Rpd.Web.Playground;
using Rpd.Web.Ui;

namespace Rpd.Web.Compare;

/// <summary>The comparison's fields as typed. The names are those of the API; <c>models</c> comes once for each that is ticked.</summary>
public sealed record CompareForm
{
    public string? Type { get; init; }
    public IReadOnlyList<string> Models { get; init; } = [];
    public string? Prompt { get; init; }
    public string? InputImageUrl { get; init; }
    public string? InputVideoUrl { get; init; }
    public string? InputAudioUrl { get; init; }
    /// <summary>Made by the server for each drawn form: posting it twice starts one comparison.</summary>
    public string? RequestId { get; init; }
    /// <summary>In price requests only, instead of the prompt: how many characters it has.</summary>
    public string? Chars { get; init; }
    /// <summary>Raw text by parameter name, for all models.</summary>
    public IReadOnlyDictionary<string, string> Params { get; init; } = new Dictionary<string, string>();

    /// <summary>Reads a query or a posted form. It cannot fail: what is wrong stays text, to be shown again.</summary>
    public static CompareForm Read(IEnumerable<KeyValuePair<string, StringValues>> fields)
    {
        var all = fields.ToDictionary(field => field.Key, field => field.Value, StringComparer.OrdinalIgnoreCase);
        var shared = PlaygroundForm.Read(all);
        return new()
        {
            Type = shared.Type,
            Models = all.TryGetValue("models", out var models) ? [.. models.OfType<string>().Where(model => model.Length is > 0 and <= 120).Distinct().Take(20)] : [],
            Prompt = shared.Prompt,
            InputImageUrl = shared.InputImageUrl,
            InputVideoUrl = shared.InputVideoUrl,
            InputAudioUrl = shared.InputAudioUrl,
            RequestId = shared.RequestId,
            Chars = shared.Chars,
            Params = shared.Params,
        };
    }

    /// <summary>As it was for these, which have their prompt in common.</summary>
    public static CompareForm Again(IReadOnlyList<GenerationView> entries) => new()
    {
        Type = entries[0].Type,
        Models = [.. entries.Select(entry => entry.Model).Distinct()],
        Prompt = entries[0].Prompt,
        // A model that had no use for one of them has lost it; another has kept it.
        Params = entries.SelectMany(entry => PlaygroundForm.Again(entry).Params).Where(param => param.Key is "aspectRatio" or "seed" or "duration" or "strength").DistinctBy(param => param.Key).ToDictionary(),
    };

    /// <summary>The files to start from, as the playground's form has them.</summary>
    public PlaygroundForm Files => new() { Type = Type, InputImageUrl = InputImageUrl, InputVideoUrl = InputVideoUrl, InputAudioUrl = InputAudioUrl };

    public CompareForm With(PlaygroundForm files) => this with { InputImageUrl = files.InputImageUrl, InputVideoUrl = files.InputVideoUrl, InputAudioUrl = files.InputAudioUrl };

    /// <summary>What its places for files belong to.</summary>
    public InputDesk Desk => new("/compare", "the comparison", [("type", Type), ("prompt", Address.Carried(Prompt)), .. Models.Select(model => ("models", (string?)model))]);

    /// <summary>The form for another type. Without scripts what the server knows of words and files goes along in the address.</summary>
    public string AddressFor(string type) => Address.Of(
        "/compare", ("type", type), ("prompt", Address.Carried(Prompt)), ("inputImageUrl", InputImageUrl), ("inputVideoUrl", InputVideoUrl), ("inputAudioUrl", InputAudioUrl));
}
