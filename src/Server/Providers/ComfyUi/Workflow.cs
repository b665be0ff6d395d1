using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.ComfyUi;

/// <summary>
/// A file of an operator's folder: <c>{"model": …, "workflow": …}</c>. The workflow is what ComfyUI exports for its interface, a graph of nodes, with
/// placeholders where a request fills something in: <c>{{prompt}}</c>, <c>{{negativePrompt}}</c>, <c>{{seed}}</c>, <c>{{width}}</c>, <c>{{height}}</c>,
/// <c>{{image}}</c>, <c>{{video}}</c>, <c>{{audio}}</c>, and every param and every further file by its name. <c>{{steps=20}}</c> says what stands there
/// when nothing is asked for. A text that is one placeholder and nothing else becomes the value itself, a number for instance.
/// </summary>
internal sealed partial class Workflow
{
    private readonly JsonNode graph;

    private Workflow(JsonNode graph) => this.graph = graph;

    /// <returns>Null when the file is not there or holds no workflow.</returns>
    public static Workflow? Read(string folder, string name)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(Path.Combine(folder, name + ".json")))?["workflow"] is JsonObject graph ? new(graph) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The files of the request that it uses, by the names of their placeholders.</summary>
    public IReadOnlyList<(string Name, MediaInput File)> Files(VendorJob job)
    {
        var used = Placeholder().Matches(graph.ToJsonString()).Select(match => match.Groups["name"].Value).ToHashSet();
        return [.. new[] { ("image", job.Image), ("video", job.Video), ("audio", job.Audio) }.Concat(job.More.Select(more => (more.Key, (MediaInput?)more.Value)))
            .Where(file => file.Item2 is not null && used.Contains(file.Item1)).Select(file => (file.Item1, file.Item2!))];
    }

    /// <param name="files">What ComfyUI calls the files, by placeholder.</param>
    public JsonNode Fill(VendorJob job, IReadOnlyDictionary<string, string> files) => Fill(graph, name => Value(job, files, name))!;

    /// <summary>Every run has a seed of its own: ComfyUI does not run again what it has run.</summary>
    public static long Seed(VendorJob job) => job.Whole("seed") ?? BitConverter.ToUInt32(job.Id.ToByteArray(), 12);

    private static JsonNode? Fill(JsonNode? node, Func<string, JsonNode?> value) => node switch
    {
        JsonObject parts => new JsonObject(parts.Select(part => KeyValuePair.Create(part.Key, Fill(part.Value, value)))),
        JsonArray items => new JsonArray([.. items.Select(item => Fill(item, value))]),
        JsonValue text when text.TryGetValue<string>(out var words) => Fill(words, value),
        _ => node?.DeepClone(),
    };

    private static JsonNode? Fill(string words, Func<string, JsonNode?> value)
    {
        if (Placeholder().Match(words) is { Success: true } one && one.Length == words.Length) return Value(one, value);
        return Placeholder().Replace(words, match => Value(match, value) is { } found ? found is JsonValue text && text.TryGetValue<string>(out var plain) ? plain : found.ToJsonString() : "");
    }

    private static JsonNode? Value(Match match, Func<string, JsonNode?> value) =>
        value(match.Groups["name"].Value) ?? (match.Groups["usual"] is { Success: true } usual ? Usual(usual.Value) : match.Groups["name"].Value is "prompt" or "negativePrompt" ? "" : null);

    private static JsonNode? Usual(string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static JsonNode? Value(VendorJob job, IReadOnlyDictionary<string, string> files, string name) => name switch
    {
        _ when files.TryGetValue(name, out var file) => file,
        "prompt" => job.Words(negative: false),
        "negativePrompt" => job.Request.NegativePrompt,
        "seed" => Seed(job),
        "width" => job.Whole("width") ?? Side(job, 0),
        "height" => job.Whole("height") ?? Side(job, 1),
        _ => job.Request.Params.TryGetValue(name, out var value) && !job.More.ContainsKey(name) ? JsonSerializer.SerializeToNode(value) : null,
    };

    /// <summary>Of a size like <c>1024x768</c>.</summary>
    private static long? Side(VendorJob job, int index) =>
        job.Text("size")?.Split('x') is { Length: 2 } sides && long.TryParse(sides[index], NumberStyles.None, CultureInfo.InvariantCulture, out var side) ? side : null;

    [GeneratedRegex(@"\{\{(?<name>[A-Za-z][A-Za-z0-9]*)(=(?<usual>[^{}]*))?\}\}")]
    private static partial Regex Placeholder();
}
