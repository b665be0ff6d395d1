namespace Rpd.Shared.Generations;

/// <summary>All items of a batch were started. A refused batch starts and costs nothing.</summary>
/// <param name="Generations">In the order of the items.</param>
/// <param name="CreditsCost">Credits that all of them reserve together.</param>
public sealed record CreatedBatchView(Guid BatchId, IReadOnlyList<CreatedGenerationView> Generations, long CreditsCost);

/// <summary>One prompt on several models. A refused comparison starts and costs nothing.</summary>
/// <param name="Generations">In the order of the models.</param>
/// <param name="CreditsCost">Credits that all of them reserve together.</param>
public sealed record CreatedComparisonView(Guid ComparisonId, IReadOnlyList<CreatedGenerationView> Generations, long CreditsCost);

/// <summary>How far a batch is.</summary>
/// <param name="Counts">Items by status: <c>queued</c>, <c>processing</c>, <c>completed</c>, <c>failed</c>, <c>cancelled</c>.</param>
/// <param name="Items">In the order of the request.</param>
public sealed record BatchView(Guid BatchId, IReadOnlyDictionary<string, int> Counts, IReadOnlyList<GenerationView> Items);
