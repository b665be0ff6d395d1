using Rpd.Server.Providers.Vendors;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Catalog;

/// <summary>What a param can be where that is the vendor's to say, as whoever asks may choose it: with a key of their own, from their own voices there.</summary>
public sealed class ListedChoices(ModelCatalog catalog, VendorChoices vendors)
{
    /// <returns>Neither when the vendor has no such list; otherwise the list, or why it is not to be had.</returns>
    public async Task<(IReadOnlyList<ChoiceView>? Choices, string? Trouble)> Of(CatalogEntry entry, string param, OwnKeys own, CancellationToken cancel)
    {
        if (catalog.Unavailable(entry, own) is { } reason) return (null, reason);
        var (choices, trouble) = await vendors.Of(entry.Provider, param, catalog.OnOwnKey(entry, own) ? own.Of(entry.Provider) : null, cancel);
        return (Views(param, choices), trouble);
    }

    /// <summary>The operator's list, if it is at hand: asking the vendor takes a moment.</summary>
    public IReadOnlyList<ChoiceView>? Remembered(CatalogEntry entry, string param, OwnKeys own) => catalog.OnOwnKey(entry, own) ? null : Views(param, vendors.Remembered(entry.Provider, param));

    private static ChoiceView[]? Views(string param, IReadOnlyList<VendorChoice>? choices) => choices is null ? null : [.. choices.Select(choice => new ChoiceView(param, choice.Value, choice.Label))];
}
