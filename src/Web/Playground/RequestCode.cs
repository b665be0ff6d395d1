using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rpd.Shared.Catalog;
using Rpd.Shared.Generations;

namespace Rpd.Web.Playground;

/// <summary>The call that does what the form would do.</summary>
public static class RequestCode
{
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
        if (form.Mature)
            body["mature"] = true;
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
}
