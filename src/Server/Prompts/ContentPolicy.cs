using System.Runtime.InteropServices;
using System.Text.Json;
using Rpd.Shared;

namespace Rpd.Server.Prompts;

/// <summary>
/// What must not be asked for, by category. Decided on this server within microseconds: a text is cut into words, each is looked up in its disguises
/// (<see cref="Vocabulary"/>), and the categories look for their phrases among the few that are known. Which words they were is never told.
/// </summary>
public sealed class ContentPolicy
{
    private readonly Vocabulary vocabulary = new();
    private readonly PolicyText reader;
    private readonly PolicyCategory[] categories;

    public ContentPolicy(ContentPolicyOptions options, IReadOnlyDictionary<string, PolicyCategoryOptions> settings)
    {
        reader = new(vocabulary);
        categories = options.Enabled ? [.. All(settings)] : [];
    }

    public static IReadOnlyCollection<string> BuiltIn { get; } = [.. Load().Keys];

    /// <summary>The first category that the text breaks; null when it is fine.</summary>
    public PolicyCategory? Check(string? text)
    {
        if (string.IsNullOrEmpty(text) || categories.Length == 0) return null;
        var words = CollectionsMarshal.AsSpan(reader.Read(text));
        if (words.IndexOfAnyExcept(Vocabulary.Unknown) < 0) return null;
        foreach (var category in categories)
            if (category.IsBrokenBy(words)) return category;
        return null;
    }

    /// <summary>Each text under the name of its field. A negative prompt is not among them: it says what is not wanted.</summary>
    public Refusal? Refuse(params ReadOnlySpan<(string Field, string? Text)> texts)
    {
        List<FieldError>? broken = null;
        PolicyCategory? first = null;
        foreach (var (field, text) in texts)
        {
            if (Check(text) is not { } category) continue;
            first ??= category;
            (broken ??= []).Add(Said(field, category.Label, category.Name));
        }
        return broken is null ? null : Violation(first!.Label, first.Name, broken);
    }

    /// <summary>Everything of a request that a provider could read as its wish.</summary>
    public Refusal? Refuse(string? prompt, string? title, IReadOnlyDictionary<string, JsonElement> parameters) =>
        Refuse([("prompt", prompt), ("title", title), .. parameters.SelectMany(param => Texts(param.Value).Select(text => ($"params.{param.Key}", (string?)text)))]);

    internal static Refusal Violation(string label, string name, IReadOnlyList<FieldError> broken) =>
        new("CONTENT_VIOLATION", 400, $"This request violates the content policy: {label} ({name}).", broken);

    internal static FieldError Said(string field, string label, string name) => new(field, $"{field} violates the content policy: {label} ({name}).");

    private static IEnumerable<string> Texts(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => [value.GetString()!],
        JsonValueKind.Array => value.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => value.EnumerateObject().SelectMany(member => Texts(member.Value)),
        _ => [],
    };

    private IEnumerable<PolicyCategory> All(IReadOnlyDictionary<string, PolicyCategoryOptions> settings)
    {
        var rules = Load();
        foreach (var (name, _) in settings) rules.TryAdd(name, new(name, [], []));
        foreach (var (name, rule) in rules)
        {
            var own = settings.GetValueOrDefault(name) ?? new();
            if (!own.Enabled) continue;
            yield return new(name, rule with
            {
                Terms = [.. rule.Terms, .. PolicyCategoryOptions.Terms(own.Extra)],
                Allowed = [.. rule.Allowed, .. PolicyCategoryOptions.Terms(own.Allowed)],
            }, vocabulary);
        }
    }

    private static Dictionary<string, PolicyRules> Load()
    {
        using var data = typeof(ContentPolicy).Assembly.GetManifestResourceStream("Prompts/policy.json") ?? throw new InvalidDataException("The content policy is missing from the program.");
        return JsonSerializer.Deserialize<Dictionary<string, PolicyRules>>(data, JsonSerializerOptions.Web) ?? throw new InvalidDataException("The content policy is empty.");
    }
}
