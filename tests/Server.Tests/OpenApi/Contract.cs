using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Rpd.Server.Tests.OpenApi;

/// <summary>The published document, read the way its users read it.</summary>
public sealed class Contract(JsonObject document)
{
    public JsonObject Document => document;

    public IReadOnlyList<Operation> Operations { get; } =
    [
        .. from path in document["paths"]!.AsObject()
           from operation in path.Value!.AsObject()
           select new Operation(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject()),
    ];

    public static async Task<Contract> Of(HttpClient http) => new(JsonNode.Parse(await http.GetStringAsync(new Uri("/openapi.json", UriKind.Relative)))!.AsObject());

    public JsonObject Resolve(JsonNode node)
    {
        var found = node.AsObject();
        while (found["$ref"]?.GetValue<string>() is { } address)
            found = address.Split('/').Skip(1).Aggregate((JsonNode)document, (from, step) => from[step] ?? throw new InvalidOperationException($"{address} leads nowhere."))!.AsObject();
        return found;
    }

    public IReadOnlyList<JsonObject> Parameters(Operation operation, string place) =>
        [.. (operation.Json["parameters"]?.AsArray() ?? []).Select(parameter => Resolve(parameter!)).Where(parameter => parameter["in"]!.GetValue<string>() == place)];

    public JsonObject? BodySchema(Operation operation) => operation.Json["requestBody"]?["content"]?["application/json"]?["schema"] is { } schema ? Resolve(schema) : null;

    public JsonObject? Response(Operation operation, int status) =>
        operation.Json["responses"]![status.ToString(CultureInfo.InvariantCulture)] is { } response ? Resolve(response) : null;

    /// <summary>The error codes that the operation says it may answer with.</summary>
    public IReadOnlySet<string> Codes(Operation operation) => operation.Json["responses"]!.AsObject()
        .SelectMany(response => Resolve(response.Value!)["content"]?["application/json"]?["examples"]?.AsObject().Select(example => example.Key) ?? []).ToHashSet();

    /// <summary>Every member of a body by its path (<c>params.width</c>, <c>items[].type</c>), with its schema.</summary>
    public IEnumerable<(string Path, JsonObject Schema)> Members(JsonObject schema, string prefix = "")
    {
        foreach (var (name, value) in schema["properties"]?.AsObject() ?? [])
        {
            var member = Plain(value!);
            yield return (prefix + name, member);
            foreach (var inner in Members(member, $"{prefix}{name}.")) yield return inner;
            if (member["items"] is { } items)
                foreach (var inner in Members(Resolve(items), $"{prefix}{name}[].")) yield return inner;
        }
    }

    /// <summary>Whether a member may be asked for: it is described, or what it is in takes any.</summary>
    public bool Describes(JsonObject schema, string path)
    {
        var at = schema;
        foreach (var step in path.Split('.'))
        {
            var name = step.Split('[')[0];
            if (at["properties"]?[name] is not { } next)
                return at["additionalProperties"] is JsonObject or JsonValue;
            at = Plain(next);
            if (step.Contains('[', StringComparison.Ordinal)) at = Plain(at["items"]!);
        }
        return true;
    }

    /// <summary>Without references and the possibility of null.</summary>
    public JsonObject Plain(JsonNode schema)
    {
        var found = Resolve(schema);
        return found["anyOf"] is JsonArray ways ? Resolve(ways.First(way => way!["type"]?.ToString() != "null")!) : found;
    }

    /// <summary>What is wrong with a value. Stricter than JSON Schema asks: a member that is not described is wrong too.</summary>
    public IEnumerable<string> Faults(JsonNode schema, JsonNode? value, string path = "")
    {
        var rule = Resolve(schema);
        if (rule["anyOf"] is JsonArray ways)
        {
            if (!ways.Any(way => !Faults(way!, value, path).Any())) yield return $"{path}: {Short(value)} fits none of the possibilities";
            yield break;
        }
        var kind = Kind(value);
        string[] kinds = rule["type"] switch { JsonArray several => [.. several.Select(one => one!.ToString())], JsonValue one => [one.ToString()], _ => [] };
        if (kinds.Length > 0 && !kinds.Contains(kind) && !(kind == "integer" && kinds.Contains("number")))
        {
            yield return $"{path}: is {kind}, not {string.Join(" or ", kinds)}";
            yield break;
        }
        if (rule["enum"] is JsonArray words && !words.Any(word => JsonNode.DeepEquals(word, value))) yield return $"{path}: {Short(value)} is none of {words.ToJsonString()}";
        if (rule["const"] is { } only && !JsonNode.DeepEquals(only, value)) yield return $"{path}: {Short(value)} is not {only.ToJsonString()}";
        if (value is JsonValue text && kind == "string" && !Formatted(rule["format"]?.ToString(), text.GetValue<string>())) yield return $"{path}: {Short(value)} is no {rule["format"]}";
        if (value is JsonArray list && rule["items"] is { } items)
            foreach (var fault in list.SelectMany((item, i) => Faults(items, item, $"{path}[{i}]"))) yield return fault;
        if (value is not JsonObject members || (rule["properties"] is null && rule["additionalProperties"] is null)) yield break;
        foreach (var missing in (rule["required"]?.AsArray() ?? []).Select(name => name!.ToString()).Where(name => !members.ContainsKey(name))) yield return $"{path}.{missing}: is missing";
        foreach (var (name, member) in members)
        {
            var described = rule["properties"]?[name] ?? rule["additionalProperties"];
            if (described is null) yield return $"{path}.{name}: is not described";
            else if (described is JsonObject)
                foreach (var fault in Faults(described, member, $"{path}.{name}")) yield return fault;
        }
    }

    private static string Kind(JsonNode? value) => value?.GetValueKind() switch
    {
        null or System.Text.Json.JsonValueKind.Null => "null",
        System.Text.Json.JsonValueKind.True or System.Text.Json.JsonValueKind.False => "boolean",
        System.Text.Json.JsonValueKind.Number => value.ToJsonString().All(letter => char.IsAsciiDigit(letter) || letter == '-') ? "integer" : "number",
        var other => other.ToString()!.ToLowerInvariant(),
    };

    private static bool Formatted(string? format, string text) => format switch
    {
        "uuid" => Guid.TryParseExact(text, "D", out _),
        "date-time" => Regex.IsMatch(text, @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$"),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
        _ => true,
    };

    private static string Short(JsonNode? value) => value?.ToJsonString() is { } text ? text[..Math.Min(80, text.Length)] : "null";
}

public sealed record Operation(string Method, string Path, JsonObject Json)
{
    public string Id => Json["operationId"]!.GetValue<string>();

    public JsonObject? Example => Json["requestBody"]?["content"]?["application/json"]?["example"]?.AsObject();

    public int Success => int.Parse(Json["responses"]!.AsObject().First().Key, CultureInfo.InvariantCulture);

    /// <summary>It needs a payment service, or somebody who looks at pictures, which a plain server has not; it says so.</summary>
    public bool NeedsOthers => Path.StartsWith("/v1/billing/", StringComparison.Ordinal) || Path is "/v1/vision/face" or "/v1/vision/landmark" or "/v1/vision/localize";

    public override string ToString() => $"{Method} {Path}";
}
