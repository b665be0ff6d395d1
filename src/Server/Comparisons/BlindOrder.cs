using System.Security.Cryptography;
using Rpd.Server.Catalog;
using Rpd.Shared.Generations;

namespace Rpd.Server.Comparisons;

/// <summary>How the entries of a comparison stand beside each other, and what may be seen of them before the vote: nothing that a model would be known by.</summary>
public static class BlindOrder
{
    private static readonly string[] Shapes = ["aspectRatio", "width", "height"];

    /// <summary>The same each time, and no one's own: neither the request's order nor that of the ids.</summary>
    public static IReadOnlyList<GenerationView> Of(Guid comparison, IEnumerable<GenerationView> entries) =>
        [.. entries.OrderBy(entry => Convert.ToHexString(SHA256.HashData([.. comparison.ToByteArray(), .. entry.Id.ToByteArray()])), StringComparer.Ordinal)];

    public static string Letter(int index) => ((char)('A' + index)).ToString();

    /// <summary>Without the model, its price and its pace; a reason that names somebody is kept for later.</summary>
    public static GenerationView Masked(GenerationView entry, ModelCatalog catalog) => entry with
    {
        Provider = "",
        Model = "",
        Title = null,
        Params = entry.Params.Where(param => Shapes.Contains(param.Key)).ToDictionary(),
        IgnoredParams = [],
        EtaSeconds = null,
        StartedAt = null,
        CompletedAt = null,
        RefundAt = null,
        CreditsCost = 0,
        CreditsRefunded = 0,
        Receipt = null,
        OwnKey = false,
        Error = entry.Error is { } error ? error with { Message = Says(error.Message, catalog) ? "The reason is shown with the names." : error.Message } : null,
    };

    private static bool Says(string message, ModelCatalog catalog)
    {
        return catalog.Items.Select(item => item.Data).Any(known => Named(known.Id) || Named(known.DisplayName) || Named(known.Provider));

        bool Named(string name) => message.Contains(name, StringComparison.OrdinalIgnoreCase);
    }
}
