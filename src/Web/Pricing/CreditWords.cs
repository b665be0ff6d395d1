using Rpd.Shared.Catalog;
using Rpd.Web.Ui;

namespace Rpd.Web.Pricing;

/// <summary>Credits as things: "500 pictures", "100 videos of 5 s".</summary>
public static class CreditWords
{
    /// <summary>Null where the credits do not reach for one, or the thing is free.</summary>
    public static string? Buys(long credits, CreditExample example)
    {
        if (example.Price.Credits == 0 || credits / example.Price.Credits is not (> 0 and var runs)) return null;
        var how = example.Price.Breakdown;
        return example.Kind switch
        {
            "image" => runs == 1 ? "1 picture" : $"{Words.Number(runs)} pictures",
            "video" => $"{(runs == 1 ? "1 video" : $"{Words.Number(runs)} videos")}{(how.Unit == "second" ? $" of {Words.Rate(how.Units)} s" : "")}",
            _ when how.Unit == "1k_chars" => $"{Words.Number((long)(credits / how.Rate) * 1000)} spoken characters",
            _ => runs == 1 ? "1 sound" : $"{Words.Number(runs)} sounds",
        };
    }

    public static string? Sentence(long credits, IReadOnlyList<CreditExample> examples)
    {
        var all = examples.Select(example => Buys(credits, example)).OfType<string>().ToList();
        return all.Count switch { 0 => null, 1 => all[0], _ => $"{string.Join(", ", all.SkipLast(1))} or {all[^1]}" };
    }

    /// <summary>What one costs: "A picture from 1 credit".</summary>
    public static string From(CreditExample example)
    {
        var (how, what) = (example.Price.Breakdown, example.Kind switch { "image" => "A picture", "video" => "Video", _ => "Speech" });
        return how.Unit switch
        {
            "second" => $"{what} from {Credits(how.Rate)} a second",
            "1k_chars" => $"{what} from {Credits(how.Rate)} for 1,000 characters",
            _ => $"{what} from {Words.Credits(example.Price.Credits)}",
        };
    }

    private static string Credits(decimal rate) => rate == 1 ? "1 credit" : $"{Words.Rate(rate)} credits";
}
