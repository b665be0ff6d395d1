using System.Text.Json.Nodes;

namespace Rpd.Tests.Stripe;

/// <summary>A body or a query as Stripe reads it: <c>a[b][0]</c> is b of a, and its first.</summary>
internal static class StripeForms
{
    public static JsonObject Read(IEnumerable<KeyValuePair<string, string>> fields)
    {
        var root = new JsonObject();
        foreach (var (name, value) in fields)
        {
            var parts = name.Replace("]", "", StringComparison.Ordinal).Split('[');
            var at = root;
            foreach (var part in parts[..^1])
            {
                if (at[part] is not JsonObject inner) at[part] = inner = [];
                at = inner;
            }
            var last = parts[^1].Length > 0 ? parts[^1] : at.Count.ToString(System.Globalization.CultureInfo.InvariantCulture);
            if (at.ContainsKey(last)) throw new StripeRefusal(400, "parameter_invalid", $"{name} was sent twice.");
            at[last] = value;
        }
        return root;
    }

    /// <summary>Stripe refuses what it does not know, also deep inside.</summary>
    /// <param name="known">Paths with dots; <c>*</c> stands for any name.</param>
    public static void Check(JsonObject form, params string[] known)
    {
        foreach (var path in Paths(form, ""))
            if (!known.Any(one => Matches(one.Split('.'), path.Split('.')))) throw new StripeRefusal(400, "parameter_unknown", $"Received unknown parameter: {path}");
    }

    public static string? Text(this JsonNode? node, params string[] path) => path.Aggregate(node, (at, name) => (at as JsonObject)?[name])?.ToString();

    public static long? Number(this JsonNode? node, params string[] path) => node.Text(path) is { } text ? long.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

    private static IEnumerable<string> Paths(JsonObject at, string prefix) =>
        at.SelectMany(field => field.Value is JsonObject inner ? Paths(inner, prefix + field.Key + ".") : [prefix + field.Key]);

    private static bool Matches(string[] known, string[] path) => known.Length == path.Length && known.Zip(path).All(pair => pair.First == "*" || pair.First == pair.Second);
}

internal sealed class StripeRefusal(int status, string code, string message, string type = "invalid_request_error") : Exception(message)
{
    public int Status => status;

    public JsonObject Body => new() { ["error"] = new JsonObject { ["type"] = type, ["code"] = code, ["message"] = Message } };
}
