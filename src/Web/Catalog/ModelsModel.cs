using Rpd.Shared.Catalog;
using Rpd.Shared.Explore;

namespace Rpd.Web.Catalog;

/// <param name="Providers">All of the catalogue's, for the filter.</param>
/// <param name="Total">Models in the catalogue.</param>
/// <param name="Ready">Of those, how many can run here now.</param>
public sealed record ModelsModel(CatalogFilter Filter, IReadOnlyList<ModelLine> Models, IReadOnlyList<string> Providers, int Total, int Ready);

/// <param name="Usual">One output with the model's own defaults; null without a price.</param>
/// <param name="Measured">Null when the model has not run here yet.</param>
public sealed record ModelLine(ModelView Model, EstimateView? Usual, SpeedView? Measured);

/// <param name="DeadlineSeconds">After which a run is given up and refunded; several where its types differ.</param>
/// <param name="Examples">Public works made with it, the most liked first.</param>
/// <param name="MoreExamples">Whether the gallery has more than those.</param>
/// <param name="Until">The day on which the vendor ends it; null when none is known.</param>
/// <param name="Note">What else is known about its lifecycle.</param>
public sealed record ModelPageModel(
    ModelView Model, IReadOnlyList<PriceTable> Prices, EstimateView? Usual, SpeedView? Measured, IReadOnlyList<int> DeadlineSeconds, IReadOnlyList<ExploreItem> Examples,
    bool MoreExamples, string? Until, string? Note, int OutputsMax, int PromptMax, string BaseAddress);
