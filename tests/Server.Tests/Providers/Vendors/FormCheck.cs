using System.Globalization;

namespace Rpd.Server.Tests.Providers.Vendors;

/// <summary>Checks of a form against what a vendor documents: unknown parts are wrong, and so is a value of another kind.</summary>
internal sealed class FormCheck(IReadOnlyDictionary<string, VendorFormPart> parts)
{
    private readonly List<string> wrong = [];
    private readonly HashSet<string> known = [];

    public IReadOnlyList<string> Wrong => [.. wrong, .. parts.Keys.Where(name => !known.Contains(name)).Select(name => $"{name} is unknown")];

    public string? Value(string name) => parts.GetValueOrDefault(name)?.Text;

    public bool Has(string name) => parts.ContainsKey(name);

    public FormCheck Text(string name, bool required = false, int most = int.MaxValue, params string[] oneOf) => Part(name, required, part =>
        part.Text is not { Length: > 0 } text ? "is no text" : text.Length > most ? $"is longer than {most}" : oneOf.Length > 0 && !oneOf.Contains(text) ? $"is {text}" : null);

    public FormCheck Number(string name, double least, double most, bool required = false) => Part(name, required, part =>
        !double.TryParse(part.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? "is no number" : number < least || number > most ? $"is {number}" : null);

    public FormCheck Whole(string name, long least, long most) => Part(name, false, part =>
        !long.TryParse(part.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? "is no whole number" : number < least || number > most ? $"is {number}" : null);

    public FormCheck File(string name, bool required = false, params string[] types) => Part(name, required, part =>
        part is not { FileName.Length: > 0, Bytes.Length: > 0 } ? "is no file" : !types.Contains(part.ContentType) ? $"is {part.ContentType}" : null);

    public FormCheck Picture(string name, bool required = false) => File(name, required, "image/png", "image/jpeg", "image/webp");

    private FormCheck Part(string name, bool required, Func<VendorFormPart, string?> fault)
    {
        known.Add(name);
        if (!parts.TryGetValue(name, out var part))
        {
            if (required) wrong.Add($"{name} is missing");
        }
        else if (fault(part) is { } what) wrong.Add($"{name} {what}");
        return this;
    }
}
