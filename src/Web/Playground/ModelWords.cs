using Rpd.Shared.Catalog;
using Rpd.Web.Ui;

namespace Rpd.Web.Playground;

public static class ModelWords
{
    public static string Price(ModelView model) => model switch
    {
        { CreditCostPerImage: { } rate } => $"{Words.Rate(rate)} / image",
        { CreditCostPerSecond: { } rate } => $"{Words.Rate(rate)} / second",
        { CreditCostPerRequest: { } rate } => $"{Words.Rate(rate)} / run",
        { CreditCostPer1kChars: { } rate } => $"{Words.Rate(rate)} / 1,000 characters",
        _ => "No price",
    };

    public static string Traits(ModelView model) => $"{Words.Sentence(model.Provider)} · {Words.Sentence(model.Speed)} · {Words.Sentence(model.Quality)} quality"
        + (model.Lifecycle is "active" or "" ? "" : $" · {Words.Sentence(model.Lifecycle)}");

    public static string Unit(string unit) => unit switch { "image" => "image", "second" => "second", "1k_chars" => "1,000 characters", _ => "run" };
}
