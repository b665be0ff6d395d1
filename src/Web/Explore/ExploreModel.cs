using Rpd.Shared;
using Rpd.Shared.Explore;
using Rpd.Web.Ui;

namespace Rpd.Web.Explore;

/// <param name="Cursor">Where this page starts; null at the top. Pages further down offer a way back up.</param>
/// <param name="Models">The models that have public works, for the filter: id and display name.</param>
/// <param name="GalleryEmpty">True when nothing at all has been published yet; false when only the filter finds nothing.</param>
public sealed record ExploreModel(
    ExploreFilter Filter, Page<ExploreItem> Works, string? Cursor, IReadOnlyList<Choice> Models, bool GalleryEmpty);
