using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;

namespace Rpd.Web.Playground;

/// <summary>The call that does what the form would do, in four languages.</summary>
public static class RequestCode
{
    public const string Key = "rpd_sk_your_key";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Body(PlaygroundForm form, ModelView model)
    {
        var type = form.Type ?? GenerationTypes.TextToImage;
        var fields = ParamFields.Of(model, type);
        var numeric = fields.First.Concat(fields.More).Where(s => s.Numeric).Select(s => s.Name).ToHashSet();
        var body = new JsonObject { ["type"] = type, ["provider"] = model.Provider, ["model"] = model.Id };
        Add("prompt", form.Prompt ?? "A lighthouse in fog, seen from a small boat");
        Add("negativePrompt", form.NegativePrompt);
        Add("inputImageUrl", form.InputImageUrl);
        Add("inputVideoUrl", form.InputVideoUrl);
        Add("inputAudioUrl", form.InputAudioUrl);
        Add("parentId", form.ParentId);
        if (int.TryParse(form.Count, CultureInfo.InvariantCulture, out var count) && count > 1)
            body["count"] = count;
        if (form.Visibility is not null and not Visibility.Private)
            body["visibility"] = form.Visibility;
        if (form.Params.Count > 0)
            body["params"] = Params(form, numeric);
        return body.ToJsonString(Readable);

        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
                body[name] = value;
        }
    }

    private static JsonObject Params(PlaygroundForm form, HashSet<string> numeric)
    {
        var all = new JsonObject();
        foreach (var (name, text) in form.Params)
        {
            JsonNode value = numeric.Contains(name) && decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number
                : text is "true" ? true : text;
            var parts = name.Split('.', 2);
            if (parts.Length == 1)
                all[name] = value;
            else if (all[parts[0]] is JsonObject inner)
                inner[parts[1]] = value;
            else
                all[parts[0]] = new JsonObject { [parts[1]] = value };
        }

        return all;
    }

    public static string Curl(string address, string body) =>
        $"""
        curl -X POST {address}/v1/generations \
          -H "X-API-KEY: {Key}" \
          -H "Content-Type: application/json" \
          -d '{body.Replace("'", "'\\''")}'
        """;

    public static string JavaScript(string address, string body) =>
        $$"""
        const response = await fetch("{{address}}/v1/generations", {
          method: "POST",
          headers: { "X-API-KEY": "{{Key}}", "Content-Type": "application/json" },
          body: JSON.stringify({{Indent(body)}}),
        });
        const { data } = await response.json();
        console.log(data.id, data.status);
        """;

    public static string Python(string address, string body) =>
        $$"""
        import json, urllib.request

        body = {{PythonLiteral(body)}}
        request = urllib.request.Request(
            "{{address}}/v1/generations",
            data=json.dumps(body).encode(),
            headers={"X-API-KEY": "{{Key}}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request) as response:
            data = json.load(response)["data"]
        print(data["id"], data["status"])
        """;

    public static string CSharp(string address, string body)
    {
        // The raw literal needs a fence longer than any run of quotes inside.
        var fence = "\"\"\"";
        while (body.Contains(fence, StringComparison.Ordinal))
            fence += "\"";
        return $$"""
            using var client = new HttpClient { BaseAddress = new Uri("{{address}}") };
            client.DefaultRequestHeaders.Add("X-API-KEY", "{{Key}}");
            var body = {{fence}}
            {{Indent(body, "    ", first: true)}}
                {{fence}};
            var response = await client.PostAsync("/v1/generations", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
            Console.WriteLine(await response.Content.ReadAsStringAsync());
            """;
    }

    /// <summary>JSON is Python, but for the names of true and false, which stand alone at the end of a line here.</summary>
    private static string PythonLiteral(string body) =>
        string.Join('\n', body.Split('\n').Select(line =>
            line.EndsWith(": true", StringComparison.Ordinal) || line.EndsWith(": true,", StringComparison.Ordinal) ? line.Replace(": true", ": True") : line));

    private static string Indent(string text, string by = "  ", bool first = false) => (first ? by : "") + text.Replace("\n", "\n" + by);
}
