using Rpd.Shared.Catalog;
using Rpd.Web.Catalog;
using Rpd.Web.Ui;

namespace Rpd.Web.Playground;

public static class ModelWords
{
    public static string Price(ModelView model) => model switch
    {
        { CreditCostPerImage: { } rate } => $"{Credits(rate)} / image",
        { CreditCostPerSecond: { } rate } => $"{Credits(rate)} / second",
        { CreditCostPerRequest: { } rate } => $"{Credits(rate)} / run",
        { CreditCostPer1kChars: { } rate } => $"{Credits(rate)} / 1,000 characters",
        _ => "No price",
    };

    private static string Credits(decimal rate) => rate == 1 ? "1 credit" : $"{Words.Rate(rate)} credits";

    public static string Traits(ModelView model) => $"{CatalogWords.Provider(model.Provider)} · {Words.Sentence(model.Speed)} · {Words.Sentence(model.Quality)} quality"
        + (model.Lifecycle is "active" or "" ? "" : $" · {Words.Sentence(model.Lifecycle)}");

    /// <summary>How long it usually takes here, once that was measured.</summary>
    public static string? Takes(int? milliseconds) => milliseconds switch
    {
        null => null,
        < 1000 => "under 1 s",
        < 90_000 => $"about {(milliseconds + 500) / 1000} s",
        _ => $"about {(milliseconds + 30_000) / 60_000} min",
    };

    public static string Unit(string unit) => unit switch { "image" => "image", "second" => "second", "1k_chars" => "1,000 characters", _ => "run" };
}
