using Rpd.Shared.Explore;
using Rpd.Web.Ui;

namespace Rpd.Web.Explore;

public static class ExploreAddress
{
    /// <summary>The address of a filter: what is at its default is left out.</summary>
    public static string Of(ExploreFilter filter, string? cursor = null)
    {
        var plain = new ExploreFilter();
        return Address.Of(
            "/explore", ("sort", filter.Sort == plain.Sort ? null : filter.Sort), ("period", filter.Period == plain.Period ? null : filter.Period),
            ("type", filter.Type), ("model", filter.Model), ("q", filter.Q), ("tag", filter.Tag), ("aspect", filter.Aspect), ("cursor", cursor));
    }
}
