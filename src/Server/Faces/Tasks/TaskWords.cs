using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Http;
using Rpd.Shared;

namespace Rpd.Server.Faces.Tasks;

/// <summary>
/// A body of this face in the core's words, and the core's mistakes in the face's. Nothing is judged here: what is wrong with a value is found where it is read.
/// Fields that neither the face nor the model knows are ignored.
/// </summary>
public sealed class TaskWords
{
    private const int FilesMax = 2, AddressMax = 2048;

    private static readonly Dictionary<string, string> Files = new() { ["image_urls"] = "inputImageUrl", ["video_urls"] = "inputVideoUrl", ["audio_urls"] = "inputAudioUrl" };
    private readonly Dictionary<string, JsonElement> request = [], parameters = [];
    private readonly Dictionary<string, string> names = [];
    private readonly CatalogEntry entry;
    private readonly JsonElement body;
    private readonly Fields fields;

    public TaskWords(JsonElement body, CatalogEntry entry, string type)
    {
        (this.body, this.entry, fields) = (body, entry, Fields.Of(body));
        request["type"] = JsonSerializer.SerializeToElement(type);
        request["provider"] = JsonSerializer.SerializeToElement(entry.Provider);
        request["model"] = JsonSerializer.SerializeToElement(entry.Id);
        Same("prompt", "prompt");
        Same("negative_prompt", "negativePrompt");
        Same("n", "count");
        foreach (var (list, field) in Files) First(list, field);
        Size();
        foreach (var sent in body.EnumerateObject()) Param(sent);
        Request = JsonSerializer.SerializeToElement(request.Append(KeyValuePair.Create("params", JsonSerializer.SerializeToElement(parameters))).ToDictionary());
    }

    /// <summary>What <c>POST /v1/generations</c> would be sent.</summary>
    public JsonElement Request { get; }

    /// <summary>Every mistake, those that were found here and those of the core, under the names that were sent; the first that weighs most has the code.</summary>
    public (int Code, string Message) Mistakes(Refusal? found)
    {
        var all = fields.Errors.Concat((found?.Details ?? []).Select(Named)).DistinctBy(error => error.Message).ToArray();
        var codes = all.Select(CodeOf).ToArray();
        if (found is { Reason: Reasons.PriceUnknown }) return (TaskErrors.NoPrice, found.Message);
        if (all.Length == 0) return (TaskErrors.Wrong, found?.Message ?? "");
        // The sentence that this face's own documentation shows.
        var missing = all.Zip(codes).Where(one => one.Second == TaskErrors.Missing).Select(one => one.First.Field).ToArray();
        return missing is ["prompt"] && all.Length == 1 ? (TaskErrors.Missing, TaskCalls.BothRequired) : (codes.Min(), string.Join(' ', all.Select(error => error.Message)));
    }

    public bool Mistaken => fields.Errors.Count > 0;

    private int CodeOf(FieldError error) => error.Field switch
    {
        _ when !Sent(error.Field) => TaskErrors.Missing,
        "prompt" when body.GetProperty("prompt") is { ValueKind: JsonValueKind.String } text && text.GetString()!.Length > entry.PromptMax => TaskErrors.PromptTooLong,
        "size" or "resolution" or "aspect_ratio" or "width" or "height" => TaskErrors.Size,
        "quality" => TaskErrors.Quality,
        _ => TaskErrors.Wrong,
    };

    private bool Sent(string field) => field.Length == 0 || (body.TryGetProperty(field.Split('.')[0], out var value) && value switch
    {
        { ValueKind: JsonValueKind.Null } => false,
        { ValueKind: JsonValueKind.String } => !string.IsNullOrWhiteSpace(value.GetString()),
        { ValueKind: JsonValueKind.Array } => value.GetArrayLength() > 0,
        _ => true,
    });

    private FieldError Named(FieldError error)
    {
        var name = names.GetValueOrDefault(error.Field) ?? JsonNamingPolicy.SnakeCaseLower.ConvertName(error.Field.StartsWith("params.", StringComparison.Ordinal) ? error.Field[7..] : error.Field);
        return new(name, error.Message.Replace(error.Field.Length > 0 ? error.Field : "\0", name, StringComparison.Ordinal));
    }

    private void Same(string name, string field)
    {
        names[field] = name;
        if (body.TryGetProperty(name, out var value)) request[field] = value;
    }

    // A model that begins with one picture and ends with another takes both.
    private void First(string list, string field)
    {
        names[field] = list;
        if (fields.Texts(list, FilesMax, AddressMax) is not { Count: > 0 } addresses) return;
        request[field] = JsonSerializer.SerializeToElement(addresses[0]);
        if (addresses.Count == 1) return;
        if (list == "image_urls" && entry.Rules.ContainsKey("lastFrame")) Put("lastFrame", list, JsonSerializer.SerializeToElement(addresses[1]));
        else fields.Wrong(list, $"{entry.Id} takes one address in {list}.");
    }

    /// <summary>A size of the model's own, a shape such as <c>16:9</c>, or pixels, which become the nearest that it makes.</summary>
    private void Size()
    {
        names["params.aspectRatio"] = names["params.width"] = names["params.height"] = names["params.size"] = "size";
        if (fields.Text("size", 40) is not { Length: > 0 } size) return;
        var value = JsonSerializer.SerializeToElement(size);
        var pixels = size.Split('x', '*', '×');
        if (entry.Rules.GetValueOrDefault("size") is { } own && own.Choices.Contains(size, StringComparer.OrdinalIgnoreCase)) parameters["size"] = value;
        else if (pixels.Length == 2 && long.TryParse(pixels[0], out var width) && long.TryParse(pixels[1], out var height))
            (parameters["width"], parameters["height"]) = (JsonSerializer.SerializeToElement(width), JsonSerializer.SerializeToElement(height));
        else parameters["aspectRatio"] = value;
    }

    private void Param(JsonProperty sent)
    {
        if (sent.Value.ValueKind == JsonValueKind.Null || sent.Name is "size" or "n" or "model" or "prompt" or "negative_prompt" || Files.ContainsKey(sent.Name)) return;
        var param = JsonNamingPolicy.CamelCase.ConvertName(string.Concat(sent.Name.Split('_').Select((word, i) => i == 0 || word.Length == 0 ? word : char.ToUpperInvariant(word[0]) + word[1..])));
        // A resolution or quality that there is no choice of is a mistake: it would set the price elsewhere.
        if (entry.Rules.ContainsKey(param) || RequestParams.Common.Contains(param) || param is "resolution" or "quality") Put(param, sent.Name, sent.Value);
    }

    private void Put(string param, string name, JsonElement value)
    {
        names["params." + param] = name;
        parameters[param] = value;
    }
}
