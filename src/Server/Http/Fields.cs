using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Microsoft.Extensions.Primitives;
using Rpd.Shared;

namespace Rpd.Server.Http;

/// <summary>
/// Reads named values out of a JSON object or a posted form and collects every mistake instead of stopping at the first.
/// Unknown fields are ignored; JSON must have the right type, forms are text.
/// </summary>
public sealed class Fields
{
    private const int ErrorsMax = 50;

    private readonly Func<string, JsonElement?> read;
    private readonly List<FieldError> errors;
    private readonly string prefix;
    private readonly bool fromForm;

    private Fields(Func<string, JsonElement?> read, List<FieldError> errors, string prefix, bool fromForm) =>
        (this.read, this.errors, this.prefix, this.fromForm) = (read, errors, prefix, fromForm);

    public static Fields Of(JsonElement json) => Of(json, [], "");

    /// <summary>An object inside of a list, with a list of mistakes of its own.</summary>
    /// <param name="prefix">Where it stands: <c>items[3].</c></param>
    public static Fields Of(JsonElement json, string prefix) => Of(json, [], prefix);

    public static Fields Of(IFormCollection form) => Of(form, [], "");

    /// <summary>A query string reads like a form.</summary>
    public static Fields Of(IQueryCollection query) => new(name => OfText(query.TryGetValue(name, out var values) ? values : default), [], "", fromForm: true);

    public IReadOnlyList<FieldError> Errors => errors;

    /// <summary>Whether every value is text, as forms and query strings have it.</summary>
    public bool FromForm => fromForm;

    public Refusal? Refusal => errors.Count == 0 ? null : Rpd.Shared.Refusal.Invalid(errors);

    /// <summary>More than a page of mistakes helps nobody.</summary>
    public void Wrong(string name, string message)
    {
        if (errors.Count < ErrorsMax) errors.Add(new(prefix + name, message));
    }

    public bool Has(string name) => Read(name) is not null;

    /// <summary>Trimmed of nothing: what was sent is what is stored. NUL is refused, as PostgreSQL cannot hold it.</summary>
    /// <param name="max">Characters as people count them (text elements would be dearer; these are UTF-16 units).</param>
    public string? Text(string name, int max, int min = 0, bool required = false)
    {
        if (Read(name) is not { } value)
        {
            if (required) Wrong(name, $"{prefix}{name} is required.");
            return null;
        }
        if (value.ValueKind != JsonValueKind.String)
        {
            Wrong(name, $"{prefix}{name} must be a string.");
            return null;
        }
        if (Clean(name, value) is not { } text) return null;
        if (text.Length > max) Wrong(name, $"{prefix}{name} may have {max} characters at most; it has {text.Length}.");
        else if (text.Trim().Length < Math.Max(min, required ? 1 : 0)) Wrong(name, min <= 1 ? $"{prefix}{name} is required." : $"{prefix}{name} needs {min} characters at least.");
        return text;
    }

    public string? Choice(string name, IReadOnlyCollection<string> allowed, bool required = false)
    {
        var text = Text(name, 100, required: required);
        if (text is null || allowed.Contains(text)) return text;
        if (!errors.Any(error => error.Field == prefix + name)) Wrong(name, $"{prefix}{name} must be one of: {string.Join(", ", allowed)}.");
        return null;
    }

    public long? Integer(string name, long min, long max) => Amount<long>(name, min, max, "a whole number", value => value.TryGetInt64(out var number) ? number : null, NumberStyles.AllowLeadingSign);

    public decimal? Number(string name, decimal min, decimal max) => Amount<decimal>(name, min, max, "a number", value => value.TryGetDecimal(out var number) ? number : null, NumberStyles.Float);

    private T? Amount<T>(string name, T min, T max, string kind, Func<JsonElement, T?> read, NumberStyles style) where T : struct, INumber<T>
    {
        if (Read(name) is not { } value) return null;
        var sent = value.ValueKind == JsonValueKind.Number ? read(value) : Typed(value) is { } text && T.TryParse(text, style, CultureInfo.InvariantCulture, out var parsed) ? parsed : null;
        if (sent is not { } number) Wrong(name, $"{prefix}{name} must be {kind}.");
        else if (number < min || number > max) Wrong(name, string.Create(CultureInfo.InvariantCulture, $"{prefix}{name} must be between {min} and {max}."));
        else return number;
        return null;
    }

    public bool? Flag(string name)
    {
        if (Read(name) is not { } value) return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) return value.GetBoolean();
        switch (Typed(value))
        {
            case "true" or "on" or "1": return true;
            case "false" or "off" or "0": return false;
        }
        Wrong(name, $"{prefix}{name} must be true or false.");
        return null;
    }

    // What stands in a form's field; a field sent twice is a list and no value.
    private string? Typed(JsonElement value) => fromForm && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public Guid? Id(string name)
    {
        var text = Text(name, 100);
        if (text is null) return null;
        if (Guid.TryParse(text, out var id)) return id;
        Wrong(name, $"{prefix}{name} must be an id.");
        return null;
    }

    /// <summary>An absolute http or https address, or <c>file:&lt;id&gt;</c> of an own upload.</summary>
    public string? Address(string name)
    {
        var text = Text(name, 2048);
        if (text is null) return null;
        if (text.StartsWith("file:", StringComparison.Ordinal) && Guid.TryParse(text.AsSpan(5), out _)) return text;
        if (Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https") return text;
        Wrong(name, $"{prefix}{name} must be an http or https address, or file:<id>.");
        return null;
    }

    public IReadOnlyList<string>? Texts(string name, int most, int max)
    {
        if (Read(name) is not { } value) return null;
        var items = value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray()] : fromForm ? new[] { value } : null;
        if (items is null || items.Any(item => item.ValueKind != JsonValueKind.String)) Wrong(name, $"{prefix}{name} must be a list of strings.");
        else if (items.Length > most) Wrong(name, $"{prefix}{name} may have {most} entries at most.");
        else
        {
            var texts = items.Select(item => Clean(name, item)).OfType<string>().ToArray();
            if (texts.Any(text => text.Length > max)) Wrong(name, $"Each entry of {prefix}{name} may have {max} characters at most.");
            else if (texts.Length == items.Length) return texts;
        }
        return null;
    }

    /// <summary>The object below <paramref name="name"/> (in forms: the fields called <c>name.x</c>); an empty one when absent.</summary>
    public Fields Object(string name)
    {
        if (fromForm) return new(key => read(name + "." + key), errors, $"{prefix}{name}.", fromForm: true);
        if (Read(name) is not { } value) return new(_ => null, errors, $"{prefix}{name}.", fromForm: false);
        if (value.ValueKind == JsonValueKind.Object) return Of(value, errors, $"{prefix}{name}.");
        Wrong(name, $"{prefix}{name} must be an object.");
        return new(_ => null, errors, $"{prefix}{name}.", fromForm: false);
    }

    /// <summary>Another object's fields under <paramref name="name"/>, with the same list of mistakes.</summary>
    /// <param name="typed">False when every value is text, as forms have it.</param>
    public Fields Within(JsonElement json, string name, bool typed = true) =>
        new(Of(json).read, errors, $"{prefix}{name}.", fromForm: !typed);

    /// <summary>The raw value; null when absent, JSON null or (in forms) empty.</summary>
    public JsonElement? Read(string name)
    {
        Heard.Value?.Invoke(prefix + name);
        return read(name);
    }

    /// <summary>Told of everything that is asked for, so that a test can hold the API's description against what handlers really read.</summary>
    internal static AsyncLocal<Action<string>?> Heard { get; } = new();

    private string? Clean(string name, JsonElement value)
    {
        var text = value.GetString();
        if (text is null || !text.Contains('\0', StringComparison.Ordinal)) return text;
        Wrong(name, $"{prefix}{name} may not contain the NUL character.");
        return null;
    }

    private static Fields Of(JsonElement json, List<FieldError> errors, string prefix) => new(
        name => json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null, errors, prefix, fromForm: false);

    private static Fields Of(IFormCollection form, List<FieldError> errors, string prefix) =>
        new(name => OfText(form.TryGetValue(name, out var values) ? values : default), errors, prefix, fromForm: true);

    private static JsonElement? OfText(StringValues values) => values.Count == 0 || string.IsNullOrEmpty(values[0]) ? null
        : values.Count == 1 ? JsonSerializer.SerializeToElement(values[0]) : JsonSerializer.SerializeToElement(values.ToArray());
}
