using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Rpd.Shared;

namespace Rpd.Server.OpenApi;

/// <summary>
/// The shared records as JSON Schema: each once, under its name without <c>View</c> or <c>Body</c>. Answers always carry all their members; of a body,
/// those with C#'s <c>required</c>. In a body, null means the same as absence.
/// </summary>
public sealed class Schemas(XmlDocs docs)
{
    private readonly SortedDictionary<string, (Type Type, JsonObject Schema)> named = new(StringComparer.Ordinal);
    private readonly NullabilityInfoContext nullability = new();

    public JsonObject All => new(named.Select(entry => KeyValuePair.Create(entry.Key, (JsonNode?)entry.Value.Schema.DeepClone())));

    public JsonObject Of(Type type) => type switch
    {
        _ when Nullable.GetUnderlyingType(type) is { } inner => Of(inner),
        _ when type == typeof(string) => new() { ["type"] = "string" },
        _ when type == typeof(bool) => new() { ["type"] = "boolean" },
        _ when type == typeof(int) => new() { ["type"] = "integer", ["format"] = "int32" },
        _ when type == typeof(long) => new() { ["type"] = "integer", ["format"] = "int64" },
        _ when type == typeof(decimal) || type == typeof(double) => new() { ["type"] = "number" },
        _ when type == typeof(Guid) => new() { ["type"] = "string", ["format"] = "uuid" },
        _ when type == typeof(DateTimeOffset) => new() { ["type"] = "string", ["format"] = "date-time" },
        _ when type == typeof(DateOnly) => new() { ["type"] = "string", ["format"] = "date" },
        _ when type == typeof(JsonElement) => [],
        _ when Argument(type, typeof(IReadOnlyDictionary<,>), 1) is { } value => new() { ["type"] = "object", ["additionalProperties"] = Of(value) },
        _ when Argument(type, typeof(IReadOnlyList<>), 0) is { } item => new() { ["type"] = "array", ["items"] = Of(item) },
        _ => Reference(type),
    };

    /// <summary>A property with its text, limits and words.</summary>
    public JsonObject Of(PropertyInfo property)
    {
        var schema = Of(property.PropertyType);
        var words = property.GetCustomAttribute<OneOfAttribute>() is { } oneOf ? new JsonArray([.. oneOf.All.Select(word => JsonValue.Create(word))]) : null;
        var limited = schema["items"] is JsonObject items && words is not null ? items : schema;
        if (words is not null) limited["enum"] = words;
        foreach (var limit in property.GetCustomAttributes<ValidationAttribute>()) Limit(schema, limit);
        if (property.GetCustomAttribute<UrlAttribute>() is not null) schema["format"] = "uri";
        var text = docs.Of(property);
        if (MayBeNull(property) && !MayLack(property))
        {
            if (schema["type"] is JsonValue type) schema["type"] = new JsonArray(type.DeepClone(), "null");
            else if (schema.ContainsKey("$ref")) schema = new() { ["anyOf"] = new JsonArray(schema, new JsonObject { ["type"] = "null" }) };
            if (schema["enum"] is JsonArray named) named.Add(null);
        }
        if (text is not null) schema["description"] = text;
        return schema;
    }

    public static string NameOf(PropertyInfo property) => property.GetCustomAttribute<JsonPropertyNameAttribute>()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(property.Name);

    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.GetIndexParameters().Length == 0 && property.GetCustomAttribute<JsonIgnoreAttribute>() is not { Condition: JsonIgnoreCondition.Always });

    /// <summary>A request's body is known by its name; everything else is an answer.</summary>
    private static bool Asked(Type type) => type.Name.EndsWith("Body", StringComparison.Ordinal) && type.Assembly == typeof(Refusal).Assembly;

    public static string NameOf(Type type)
    {
        foreach (var ending in new[] { "View", "Body" })
            if (type.Name.EndsWith(ending, StringComparison.Ordinal)) return type.Name[..^ending.Length];
        return type.Name;
    }

    private JsonObject Reference(Type type)
    {
        var name = NameOf(type);
        if (!named.TryGetValue(name, out var known))
        {
            var schema = new JsonObject();
            named[name] = (type, schema);
            Fill(schema, type);
        }
        else if (known.Type != type) throw new InvalidOperationException($"{type} and {known.Type} would both be called {name}.");
        return new() { ["$ref"] = $"#/components/schemas/{name}" };
    }

    private void Fill(JsonObject schema, Type type)
    {
        schema["type"] = "object";
        if (docs.Of(type) is { } text) schema["description"] = text;
        var required = Properties(type).Where(property => Asked(type) ? property.GetCustomAttribute<System.Runtime.CompilerServices.RequiredMemberAttribute>() is not null : !MayLack(property)).Select(NameOf).ToArray();
        if (required.Length > 0) schema["required"] = new JsonArray([.. required.Select(name => JsonValue.Create(name))]);
        schema["properties"] = new JsonObject(Properties(type).Where(property => !Open(property)).Select(property => KeyValuePair.Create(NameOf(property), (JsonNode?)Of(property))));
        // What a record collects under [JsonExtensionData] may have any name.
        if (Properties(type).Any(Open)) schema["additionalProperties"] = true;
    }

    /// <summary>An answer has it only where it says something.</summary>
    internal static bool MayLack(PropertyInfo property) => property.GetCustomAttribute<JsonIgnoreAttribute>() is { Condition: JsonIgnoreCondition.WhenWritingNull };

    private static bool Open(PropertyInfo property) => property.GetCustomAttribute<JsonExtensionDataAttribute>() is not null;

    private bool MayBeNull(PropertyInfo property) => nullability.Create(property).ReadState == NullabilityState.Nullable;

    private static void Limit(JsonObject schema, ValidationAttribute limit)
    {
        switch (limit)
        {
            case RangeAttribute range:
                schema["minimum"] = JsonValue.Create(Convert.ToDecimal(range.Minimum, CultureInfo.InvariantCulture));
                schema["maximum"] = JsonValue.Create(Convert.ToDecimal(range.Maximum, CultureInfo.InvariantCulture));
                break;
            case StringLengthAttribute length:
                if (length.MinimumLength > 0) schema["minLength"] = length.MinimumLength;
                schema["maxLength"] = length.MaximumLength;
                break;
            case LengthAttribute items:
                if (items.MinimumLength > 0) schema["minItems"] = items.MinimumLength;
                schema["maxItems"] = items.MaximumLength;
                break;
            case RegularExpressionAttribute pattern:
                schema["pattern"] = $"^(?:{pattern.Pattern})$";
                break;
        }
    }

    private static Type? Argument(Type type, Type open, int index) =>
        type.GetInterfaces().Append(type).FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == open)?.GetGenericArguments()[index];
}
