using Rpd.Server.Credits;
using Rpd.Server.Generations;
using Rpd.Server.Http;
using Rpd.Shared;

namespace Rpd.Server.Comparisons;

/// <summary>Starts all generations of a comparison or none, once for each form that was drawn.</summary>
public sealed class StartComparison(StartTogether start, Idempotency idempotency, TimeProvider time)
{
    /// <param name="formId">Sent twice, it starts one comparison.</param>
    /// <returns>The comparison's id.</returns>
    public async Task<Outcome<Guid>> Run(IReadOnlyList<NewGeneration> asked, Payer payer, string formId, byte[] fingerprint, CancellationToken cancel)
    {
        var begun = await idempotency.Begin(payer.AccountId, "page:", formId, fingerprint, cancel);
        if (begun.Declined) return begun.Refusal;
        await using var once = begun.Value;
        if (once.Stored is { } stored) return new Guid(stored.Body);
        var id = Guid.CreateVersion7(time.GetUtcNow());
        var started = await start.Run(asked, payer, new(ComparisonId: id), once, _ => "", _ => new StoredAnswer(303, $"/compare/{id}", id.ToByteArray()), cancel);
        return started.Declined ? started.Refusal : id;
    }
}
