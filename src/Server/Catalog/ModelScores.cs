using Rpd.Shared.Catalog;

namespace Rpd.Server.Catalog;

/// <summary>What blind comparisons say of the models, as it was last computed: a copy in memory that a duty of each node renews.</summary>
public sealed class ModelScores
{
    private volatile IReadOnlyDictionary<string, IReadOnlyList<ModelScoreView>> byModel = new Dictionary<string, IReadOnlyList<ModelScoreView>>();

    public IReadOnlyList<ModelScoreView> Of(string model) => byModel.GetValueOrDefault(model, []);

    /// <returns>Null until somebody has voted on it.</returns>
    public ModelScoreView? Of(string model, string type) => Of(model).FirstOrDefault(score => score.Type == type);

    public void Renew(IEnumerable<(string Model, ModelScoreView Score)> scores) => byModel = scores.GroupBy(one => one.Model)
        .ToDictionary(same => same.Key, IReadOnlyList<ModelScoreView> (same) => [.. same.Select(one => one.Score).OrderBy(score => score.Type, StringComparer.Ordinal)]);
}
