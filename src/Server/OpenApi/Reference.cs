using System.Globalization;
using System.Text.Json.Nodes;
using Rpd.Web.Docs;

namespace Rpd.Server.OpenApi;

/// <summary>Reads the published document into what the documentation's pages show: the pages know nothing that other readers of the document do not.</summary>
public sealed class Reference(JsonObject document)
{
    private const int DepthMax = 4;

    public string BaseAddress { get; } = document["servers"]![0]!["url"]!.GetValue<string>();

    public IReadOnlyList<DocsChapter> Chapters => chapters ??=
    [
        .. from tag in document["tags"]!.AsArray()
           let name = tag["name"]!.GetValue<string>()
           select new DocsChapter(name, tag["x-displayName"]!.GetValue<string>(), tag["description"]!.GetValue<string>(), [.. Operations(name)]),
    ];

    private IReadOnlyList<DocsChapter>? chapters;

    private IEnumerable<DocsEndpoint> Operations(string tag) =>
        from path in document["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where operation.Value!["tags"]![0]!.GetValue<string>() == tag
        select Endpoint(operation.Key.ToUpperInvariant(), path.Key, operation.Value!.AsObject());

    private DocsEndpoint Endpoint(string method, string path, JsonObject operation)
    {
        var responses = operation["responses"]!.AsObject();
        var (status, success) = responses.First();
        var json = Resolve(success!)["content"]!["application/json"]!;
        var body = operation["requestBody"]?["content"]?["application/json"];
        var security = operation["security"]!.AsArray();
        var open = security.Count == 0;
        var parameters = (operation["parameters"]?.AsArray() ?? []).Select(parameter => Resolve(parameter!)).ToArray();
        var address = parameters.Where(parameter => parameter["in"]!.GetValue<string>() == "path")
            .Aggregate(path, (sofar, parameter) => sofar.Replace($"{{{parameter["name"]}}}", Uri.EscapeDataString(parameter["example"]!.GetValue<string>()), StringComparison.Ordinal));
        return new(
            operation["operationId"]!.GetValue<string>(), method, path, operation["summary"]!.GetValue<string>(), operation["description"]?.GetValue<string>(),
            open ? "Needs no key." : security.Any(way => way!.AsObject().Count == 0) ? "A key is optional." : "Needs a key.",
            [.. parameters.Select(Parameter)], body is null ? [] : [.. Fields(Resolve(body["schema"]!), asked: true)], [.. Fields(Answer(Resolve(json["schema"]!)), asked: false)],
            new(method, BaseAddress + address, body is null ? null : CallCode.Pretty(body["example"]), !open), int.Parse(status, CultureInfo.InvariantCulture), CallCode.Pretty(json["example"]),
            [.. responses.Skip(1).SelectMany(response => Refusals(response.Key, Resolve(response.Value!)))]);
    }

    private static IEnumerable<DocsRefusal> Refusals(string status, JsonObject response) =>
        from example in response["content"]?["application/json"]?["examples"]?.AsObject() ?? []
        select new DocsRefusal(int.Parse(status, CultureInfo.InvariantCulture), example.Key, example.Value!["summary"]!.GetValue<string>());

    /// <summary>What is inside the envelope; of a list, one entry.</summary>
    private JsonObject Answer(JsonObject schema)
    {
        if (schema["properties"]?["data"] is not { } data || schema["properties"]?["success"] is null) return schema;
        var inside = Plain(data);
        return inside["items"] is { } item ? Plain(item) : inside;
    }

    private DocsField Parameter(JsonObject parameter)
    {
        var schema = Plain(parameter["schema"]!);
        var place = parameter["in"]!.GetValue<string>();
        return new(parameter["name"]!.GetValue<string>(), $"{place}, {Kind(schema)}", place == "path", parameter["description"]?.GetValue<string>(), Words(schema));
    }

    /// <param name="asked">Of a body: there null says no more than absence.</param>
    private IEnumerable<DocsField> Fields(JsonObject schema, bool asked, string prefix = "", int depth = 0)
    {
        var required = (schema["required"]?.AsArray() ?? []).Select(name => name!.GetValue<string>()).ToHashSet();
        foreach (var (name, member) in schema["properties"]?.AsObject() ?? [])
        {
            var plain = Plain(member!);
            var item = plain["items"] is { } items ? Plain(items) : null;
            yield return new(prefix + name, Kind(plain) + (!asked && Nullable(member!) ? " or null" : ""), required.Contains(name), (member!["description"] ?? plain["description"])?.GetValue<string>(), Words(item ?? plain));
            if (depth >= DepthMax) continue;
            foreach (var inner in Fields(item ?? plain, asked, prefix + name + (item is null ? "." : "[]."), depth + 1)) yield return inner;
        }
    }

    private string Kind(JsonObject schema)
    {
        var type = schema["type"] is JsonArray several ? several[0]!.GetValue<string>() : schema["type"]?.GetValue<string>() ?? "any";
        if (schema["items"] is { } items) return $"list of {Kind(Plain(items))}s{Limits(schema, "minItems", "maxItems", "entries")}";
        return (schema["format"]?.GetValue<string>() is { } format and not ("int32" or "int64") ? format : type)
            + Limits(schema, "minimum", "maximum", "") + Limits(schema, "minLength", "maxLength", "characters");
    }

    private static string Limits(JsonObject schema, string least, string most, string unit)
    {
        var (min, max) = (schema[least]?.ToJsonString(), schema[most]?.ToJsonString());
        var text = (min, max) switch { (null, null) => "", (null, _) => $"up to {max}", (_, null) => $"{min} at least", _ => $"{min} to {max}" };
        return text.Length == 0 ? "" : unit.Length == 0 ? $", {text}" : $", {text} {unit}";
    }

    private static string[] Words(JsonObject schema) => [.. (schema["enum"]?.AsArray() ?? []).Where(word => word is not null).Select(word => word!.GetValue<string>())];

    private static bool Nullable(JsonNode schema) => schema["anyOf"] is not null || schema["type"] is JsonArray;

    private JsonObject Plain(JsonNode schema) => schema["anyOf"] is JsonArray ways ? Resolve(ways[0]!) : Resolve(schema);

    private JsonObject Resolve(JsonNode node) => node["$ref"]?.GetValue<string>() is { } address
        ? address.Split('/').Skip(1).Aggregate((JsonNode)document, (from, step) => from[step]!)!.AsObject() : node.AsObject();
}
