using Rpd.Server.Http;

namespace Rpd.Server.Faces.Rapyd;

/// <summary>Names of providers and languages, which this face's clients write in any case: <c>AWS</c>, <c>Auto</c>.</summary>
internal static class Words
{
    /// <returns>The word as we know it and as it was written; null when there is none, or a wrong one, which is noted.</returns>
    public static (string Known, string Written)? Read(Fields fields, string name, IReadOnlyList<string> allowed) => Find(fields, name, fields.Text(name, 100), allowed);

    /// <param name="text">Null when it was not sent, or was no text.</param>
    public static (string Known, string Written)? Find(Fields fields, string name, string? text, IReadOnlyList<string> allowed)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > 100) return null;
        if (allowed.FirstOrDefault(word => word.Equals(text.Trim(), StringComparison.OrdinalIgnoreCase)) is { } known) return (known, text.Trim());
        fields.Wrong(name, $"{name} must be one of: {string.Join(", ", allowed)}.");
        return null;
    }
}
