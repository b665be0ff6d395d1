using Rpd.Shared.Catalog;
using Rpd.Shared.Explore;
using Rpd.Web.Docs;

namespace Rpd.Web.Landing;

/// <param name="Featured">Up to 12 public works, best first.</param>
/// <param name="FreeCredits">What a confirmed new account is given; 0 when it is given nothing.</param>
/// <param name="ModelCount">Models a visitor could run today: their provider is configured.</param>
/// <param name="ProviderCount">Providers behind those models.</param>
/// <param name="GalleryEmpty">True when nothing at all has been published yet.</param>
public sealed record LandingModel(
    IReadOnlyList<ExploreItem> Featured, bool SignUpOpen, long FreeCredits, int ModelCount, int ProviderCount, bool GalleryEmpty)
{
    /// <summary>What credits buy here: one kind of thing each.</summary>
    public IReadOnlyList<CreditExample> Prices { get; init; } = [];

    /// <summary>Models of the catalogue, whether they can run here or not.</summary>
    public int CatalogCount { get; init; }

    /// <summary>How a generation is created by a program, from the documentation.</summary>
    public DocsEndpoint? Create { get; init; }
}
