using Rpd.Shared.Explore;

namespace Rpd.Web.Explore;

public static class ExploreAddress
{
    /// <summary>The address of a filter: what is at its default is left out.</summary>
    public static string Of(ExploreFilter filter, string? cursor = null)
    {
        var plain = new ExploreFilter();
        (string Name, string? Value)[] all =
        [
            ("sort", filter.Sort == plain.Sort ? null : filter.Sort), ("period", filter.Period == plain.Period ? null : filter.Period),
            ("type", filter.Type), ("model", filter.Model), ("q", filter.Q), ("cursor", cursor),
        ];
        var query = string.Join('&', all.Where(p => !string.IsNullOrEmpty(p.Value)).Select(p => $"{p.Name}={Uri.EscapeDataString(p.Value!)}"));
        return query.Length > 0 ? $"/explore?{query}" : "/explore";
    }
}
