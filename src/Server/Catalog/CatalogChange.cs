using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rpd.Server.Catalog;

/// <summary>What an administrator has changed of one thing in the catalogue. A row that says nothing any more stays: its version tells every node.</summary>
public sealed class CatalogChange
{
    public const string Model = "model", Provider = "provider", Type = "type";

    /// <summary>Model, provider or type.</summary>
    public required string Kind { get; init; }

    public required string Name { get; init; }

    /// <summary>JSON: a <see cref="ModelChange"/>, <c>{"margin":5}</c> or <c>{"preferred":"kling-3.0"}</c>.</summary>
    public required string Change { get; set; }

    /// <summary>One more than the highest before it, of all rows.</summary>
    public long Version { get; set; }

    public Guid? ChangedBy { get; set; }
    public DateTimeOffset ChangedAt { get; set; }

    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    internal static string Text<T>(T change) => JsonSerializer.Serialize(change, Json);
}

/// <summary>A row as the catalogue reads it.</summary>
public sealed record StoredChange(string Kind, string Name, string Change)
{
    internal ModelChange Model() => Read<ModelChange>();

    internal T Read<T>() => JsonSerializer.Deserialize<T>(Change, CatalogChange.Json)!;
}

internal sealed record StoredMargin(decimal? Margin = null);

internal sealed record StoredPreference(string? Preferred = null);

/// <summary>All rows, read: by model, by provider, by type of generation.</summary>
public sealed record StoredWishes(IReadOnlyDictionary<string, ModelChange> Models, IReadOnlyDictionary<string, decimal> Margins, IReadOnlyDictionary<string, string> Preferred)
{
    public static readonly StoredWishes None = Of([]);

    public static StoredWishes Of(IReadOnlyList<StoredChange> rows) => new(
        Those(rows, CatalogChange.Model).ToDictionary(row => row.Name, row => row.Model()),
        Those(rows, CatalogChange.Provider).Select(row => (row.Name, row.Read<StoredMargin>().Margin)).Where(one => one.Margin is not null).ToDictionary(one => one.Name, one => one.Margin!.Value),
        Those(rows, CatalogChange.Type).Select(row => (row.Name, row.Read<StoredPreference>().Preferred)).Where(one => one.Preferred is not null).ToDictionary(one => one.Name, one => one.Preferred!));

    private static IEnumerable<StoredChange> Those(IReadOnlyList<StoredChange> rows, string kind) => rows.Where(row => row.Kind == kind);
}
