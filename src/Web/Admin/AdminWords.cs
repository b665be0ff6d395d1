using System.Globalization;
using System.Text.Json;
using Rpd.Shared.Admin;
using Rpd.Shared.Catalog;
using Rpd.Web.Ui;

namespace Rpd.Web.Admin;

/// <summary>How things read to administrators.</summary>
public static class AdminWords
{
    public static string Standing(AdminModelView model) => model switch
    {
        { Shown: false, EnabledByDefault: false, Changes.Hidden: not true, Settings.Hidden: not true } => "Off",
        { Shown: false } => "Hidden",
        { Available: false } => "Not ready",
        _ => "Offered",
    };

    public static string Unit(string unit) => unit switch
    {
        "image" => "a picture",
        "second" => "a second",
        "1k_chars" => "1,000 characters",
        _ => "a run",
    };

    /// <summary>"2–10 by resolution and audio".</summary>
    public static string Tiers(AdminModelView model)
    {
        var rates = model.Tiers.Select(tier => tier.Rate).OfType<decimal>().ToArray();
        var by = string.Join(" and ", model.Tiers.SelectMany(tier => tier.When.Keys).Distinct());
        return rates.Length == 0 ? $"by {by}" : $"{Words.Rate(rates.Min())}{(rates.Max() > rates.Min() ? $"–{Words.Rate(rates.Max())}" : "")} by {by}";
    }

    /// <summary>"10,000+" where nobody has counted further.</summary>
    public static string Count(long count) => count >= OverviewView.CountMax ? $"{Words.Number(OverviewView.CountMax)}+" : Words.Number(count);

    /// <summary>As a field takes it back.</summary>
    public static string Number(decimal number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Value(JsonElement value) => value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText();
}
