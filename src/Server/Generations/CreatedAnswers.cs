using System.Text.Json;
using Rpd.Server.Http;
using Rpd.Shared.Generations;

namespace Rpd.Server.Generations;

/// <summary>The answers to what started something, in their final bytes: they may be stored for a repeated request.</summary>
internal static class CreatedAnswers
{
    public static StoredAnswer One(NewGeneration asked, StartedGeneration started) => Created($"generations/{started.Id}", View(asked, started, default));

    public static StoredAnswer Batch(Guid id, IReadOnlyList<NewGeneration> asked, IReadOnlyList<StartedGeneration> started) =>
        Created($"batch/{id}", new CreatedBatchView(id, Views(asked, started, new(BatchId: id)), started.Sum(one => one.CreditsCost)));

    public static StoredAnswer Comparison(Guid id, IReadOnlyList<NewGeneration> asked, IReadOnlyList<StartedGeneration> started) =>
        Created($"generations?comparisonId={id}", new CreatedComparisonView(id, Views(asked, started, new(ComparisonId: id)), started.Sum(one => one.CreditsCost)));

    private static StoredAnswer Created<T>(string location, T data) =>
        new(201, $"{Api.Prefix}/{location}", JsonSerializer.SerializeToUtf8Bytes(new ApiAnswers.DataBody<T>(data), ApiAnswers.Json));

    private static CreatedGenerationView[] Views(IReadOnlyList<NewGeneration> asked, IReadOnlyList<StartedGeneration> started, GenerationGroup group) =>
        [.. asked.Zip(started, (one, its) => View(one, its, group))];

    private static CreatedGenerationView View(NewGeneration asked, StartedGeneration started, GenerationGroup group) => new(
        started.Id, GenerationStatus.Queued, asked.Type, asked.Entry.Provider, asked.Entry.Id, started.CreditsCost, started.CreatedAt, asked.Prompt, asked.NegativePrompt,
        asked.Title, asked.Params, asked.Count, asked.IgnoredParams, asked.Visibility, group.ComparisonId, group.BatchId, asked.ParentId,
        new ReceiptView(started.CreditsCost, 0, 0, started.Balance))
    { Mature = asked.Mature, OwnKey = asked.Price.OwnKey };
}
