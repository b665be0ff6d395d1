using Rpd.Shared.Catalog;

namespace Rpd.Server.Catalog;

/// <summary>What credits buy here today: for each kind of thing the least dear model that runs. Sandbox only plays, so it sells nothing.</summary>
public static class CreditExamples
{
    private static readonly (string Kind, string Type)[] Kinds = [("image", "text2image"), ("video", "text2video"), ("audio", "audio")];

    public static IReadOnlyList<CreditExample> Of(ModelCatalog catalog) =>
    [
        .. from kind in Kinds
           let cheapest = (from entry in catalog.All
                           where entry.SupportedTypes.Contains(kind.Type) && entry.Provider != Providers.Sandbox.SandboxProvider.ProviderName && catalog.Unavailable(entry) is null
                           let price = PriceTables.UsualRun(entry, kind.Type)
                           where price is not null
                           orderby price.Credits
                           select new CreditExample(kind.Kind, entry.Id, entry.DisplayName, price)).FirstOrDefault()
           where cheapest is not null
           select cheapest,
    ];
}
