using Rpd.Server.OpenApi;
using Rpd.Server.Plans;
using Rpd.Web.Docs;

namespace Rpd.Server.Chat.Assistant.Knowledge;

/// <summary>All that is written about this product, and how it answers a question.</summary>
internal sealed class Documentation
{
    // A question of which less than this is found is about something else.
    private const double CoverageMin = 0.6, SecondShare = 0.55, FurtherShare = 0.35;
    private const int Further = 3;
    private readonly PassageIndex index;

    public Documentation(Reference reference, PlanList plans)
    {
        var limits = plans.Names.Select(plans.Of).Select(plan => new PlanLimits(plan.Name, plan.GeneralPerMinute, plan.GenerationsPerMinute));
        var guide = new GuideModel(reference.BaseAddress, reference.Chapters, [], [.. limits], "");
        index = new([.. MarkdownPages.All(), .. GuidePages.All(guide), .. ReferencePages.All(reference.Chapters), .. PlanFacts.All(plans)]);
    }

    /// <summary>Null when nothing that is written here answers it.</summary>
    public string? Answer(IReadOnlyList<string> asked)
    {
        if (asked.Count == 0) return null;
        var hits = index.Find(asked, 8);
        if (hits.Count == 0 || hits[0].Coverage < CoverageMin) return null;
        var words = asked.ToHashSet();
        var best = hits[0];
        var second = hits.Skip(1).FirstOrDefault(hit => hit.Score >= best.Score * SecondShare && Apart(hit.Passage, best.Passage));
        var parts = new List<string> { Quotes.Of(best.Passage, words, index) };
        if (second is not null) parts.Add(Quotes.Of(second.Passage, words, index));
        var more = hits.Where(hit => hit != best && hit != second && hit.Score >= best.Score * FurtherShare && hit.Passage.Address is { } address && address != best.Passage.Address && address != second?.Passage.Address)
            .DistinctBy(hit => hit.Passage.Address).Take(Further).Select(hit => $"[{hit.Passage.Title.Replace("`", "", StringComparison.Ordinal)}]({hit.Passage.Address})").ToArray();
        if (more.Length > 0) parts.Add("See also: " + string.Join(" · ", more));
        return string.Join("\n\n", parts);
    }

    /// <summary>What is written about a model beyond its card; null when nothing is, or nothing of what was asked.</summary>
    public string? About(string model, IReadOnlyList<string> asked)
    {
        var others = asked.Except(Terms.Of(model)).Where(term => term is not ("price" or "model" or "credit")).ToHashSet();
        return others.Count == 0 ? null : index.Passages.FirstOrDefault(passage => passage.Title.StartsWith(model + " (", StringComparison.Ordinal)) is { } passage
            && passage.Blocks.Any(block => Terms.Of(block).Any(others.Contains)) ? Quotes.Of(passage, others, index) : null;
    }

    /// <summary>A part of a section says nothing beside the section that has it.</summary>
    private static bool Apart(Passage a, Passage b) => !(a.Source == b.Source && a.Blocks.Any(block => b.Blocks.Contains(block)));
}
