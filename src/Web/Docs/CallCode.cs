using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Rpd.Web.Docs;

/// <summary>One call of the API, to be written down in several languages.</summary>
/// <param name="Address">Whole, with scheme and host.</param>
/// <param name="Body">JSON; null for none.</param>
/// <param name="Key">Whether a key is sent.</param>
public sealed record ApiCall(string Method, string Address, string? Body, bool Key);

/// <summary>A call as code that can be copied and run: it prints the answer, and fails when the call is refused. A test runs them all.</summary>
public static class CallCode
{
    public const string Key = "rpd_sk_your_key";

    public static readonly IReadOnlyList<(string Id, string Label, Func<ApiCall, string> Write)> Languages =
        [("curl", "curl", Curl), ("javascript", "JavaScript", JavaScript), ("python", "Python", Python), ("csharp", "C#", CSharp)];

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Indented, for people.</summary>
    public static string Pretty(JsonNode? json) => json?.ToJsonString(Readable) ?? "null";

    public static string Curl(ApiCall call)
    {
        List<string> lines = [call.Method == "GET" ? $"curl --fail-with-body {Quoted(call.Address)}" : $"curl --fail-with-body -X {call.Method} {Quoted(call.Address)}"];
        if (call.Key) lines.Add($"  -H \"X-API-KEY: {Key}\"");
        if (call.Body is not null)
        {
            lines.Add("  -H \"Content-Type: application/json\"");
            lines.Add($"  -d '{call.Body.Replace("'", "'\\''", StringComparison.Ordinal)}'");
        }
        return string.Join(" \\\n", lines);

        // A shell would take ? and & for its own.
        static string Quoted(string address) => address.AsSpan().IndexOfAny("?&'") >= 0 ? $"\"{address}\"" : address;
    }

    public static string JavaScript(ApiCall call)
    {
        List<string> options = [];
        if (call.Method != "GET") options.Add($"  method: \"{call.Method}\",");
        if (Headers(call, name => name.Contains('-', StringComparison.Ordinal) ? $"\"{name}\"" : name) is { Length: > 0 } headers) options.Add($"  headers: {{ {headers} }},");
        if (call.Body is not null) options.Add($"  body: JSON.stringify({Indent(call.Body)}),");
        return $$"""
            const response = await fetch("{{call.Address}}"{{(options.Count == 0 ? "" : $", {{\n{string.Join('\n', options)}\n}}")}});
            if (!response.ok) throw new Error(await response.text());
            console.log(await response.json());
            """;
    }

    public static string Python(ApiCall call)
    {
        List<string> arguments = [$"    \"{call.Address}\","];
        if (call.Method != "GET") arguments.Add($"    method=\"{call.Method}\",");
        if (call.Body is not null) arguments.Add("    data=json.dumps(body).encode(),");
        if (Headers(call, name => $"\"{name}\"") is { Length: > 0 } headers) arguments.Add($"    headers={{{headers}}},");
        return $"""
            import json, urllib.request

            {(call.Body is null ? "" : $"body = {PythonLiteral(JsonNode.Parse(call.Body), "")}\n")}request = urllib.request.Request(
            {string.Join('\n', arguments)}
            )
            with urllib.request.urlopen(request) as response:
                print(json.load(response))
            """;
    }

    public static string CSharp(ApiCall call)
    {
        List<string> lines = ["using var client = new HttpClient();"];
        if (call.Key) lines.Add($"client.DefaultRequestHeaders.Add(\"X-API-KEY\", \"{Key}\");");
        var argument = "";
        if (call.Body is not null)
        {
            // The raw literal needs a fence longer than any run of quotes inside.
            var fence = "\"\"\"";
            while (call.Body.Contains(fence, StringComparison.Ordinal)) fence += "\"";
            lines.Add($"var body = {fence}\n    {Indent(call.Body, "    ")}\n    {fence};");
            argument = ", new StringContent(body, System.Text.Encoding.UTF8, \"application/json\")";
        }
        else if (call.Method is "POST" or "PUT" or "PATCH") argument = ", null";
        lines.Add($"using var response = await client.{call.Method[0]}{call.Method[1..].ToLowerInvariant()}Async(\"{call.Address}\"{argument});");
        lines.Add("Console.WriteLine(await response.Content.ReadAsStringAsync());");
        lines.Add("response.EnsureSuccessStatusCode();");
        return string.Join('\n', lines);
    }

    private static string Headers(ApiCall call, Func<string, string> quoted)
    {
        List<string> headers = [];
        if (call.Key) headers.Add($"{quoted("X-API-KEY")}: \"{Key}\"");
        if (call.Body is not null) headers.Add($"{quoted("Content-Type")}: \"application/json\"");
        return string.Join(", ", headers);
    }

    private static string PythonLiteral(JsonNode? value, string indent) => value switch
    {
        null => "None",
        JsonObject { Count: > 0 } members => $"{{\n{string.Join(",\n", members.Select(member => $"{indent}    {Text(member.Key)}: {PythonLiteral(member.Value, indent + "    ")}"))}\n{indent}}}",
        JsonArray list => $"[{string.Join(", ", list.Select(item => PythonLiteral(item, indent)))}]",
        _ => value.ToJsonString(Readable) switch { "true" => "True", "false" => "False", var other => other },
    };

    private static string Text(string text) => JsonSerializer.Serialize(text, Readable);

    private static string Indent(string text, string by = "  ") => text.Replace("\n", "\n" + by, StringComparison.Ordinal);
}
