namespace Rpd.Shared.Catalog;

/// <summary>What a model costs for every choice that changes its price.</summary>
/// <param name="Types">The types of generations that these prices are for.</param>
/// <param name="Axes">Names of the params that change the price; a row has one list of values for each.</param>
/// <param name="Amounts">The columns: how many seconds, outputs or characters.</param>
/// <param name="AmountUnit"><c>second</c>, <c>output</c> or <c>character</c>.</param>
public sealed record PriceTable(IReadOnlyList<string> Types, IReadOnlyList<string> Axes, IReadOnlyList<decimal> Amounts, string AmountUnit, IReadOnlyList<PriceRow> Rows);

/// <param name="Values">By axis: the values with these prices; none stands for all.</param>
/// <param name="Count">Outputs in one run; null where the columns say it.</param>
/// <param name="Credits">By column; null where the combination has no price.</param>
public sealed record PriceRow(IReadOnlyList<IReadOnlyList<string>> Values, int? Count, IReadOnlyList<long?> Credits);

/// <summary>How long a model's latest runs really took, from start to end.</summary>
/// <param name="Samples">How many runs were measured.</param>
public sealed record SpeedView(int Samples, int P50Ms, int P95Ms, DateTimeOffset MeasuredAt);

/// <summary>Something that credits buy: a usual run of a model, at its price.</summary>
/// <param name="Kind"><c>image</c>, <c>video</c> or <c>audio</c>.</param>
public sealed record CreditExample(string Kind, string ModelId, string ModelName, EstimateView Price);
