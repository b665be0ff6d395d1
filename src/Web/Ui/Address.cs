namespace Rpd.Web.Ui;

public static class Address
{
    /// <summary>What is carried along in addresses, escaped: a page has many of them, and all of a request's first line fits 8 KiB.</summary>
    private const int CarriedMax = 1500;

    /// <summary>A path with its query; what is empty is left out.</summary>
    public static string Of(string path, params IEnumerable<(string Name, string? Value)> fields)
    {
        var query = string.Join('&', fields.Where(f => !string.IsNullOrEmpty(f.Value)).Select(f => $"{Uri.EscapeDataString(f.Name)}={Uri.EscapeDataString(f.Value!)}"));
        return query.Length > 0 ? $"{path}?{query}" : path;
    }

    /// <summary>The text, when an address has room for it; half a prompt would be another prompt.</summary>
    public static string? Carried(string? text) => text is not null && Uri.EscapeDataString(text).Length <= CarriedMax ? text : null;
}
