using Rpd.Server.Http;
using Rpd.Server.Storage;

namespace Rpd.Server.Generations;

/// <summary>What receivers are told of an ending, for good: so the addresses of the files live as long as an event is worth reading.</summary>
public sealed class EndingEvent(SignedUrls urls, PublicAddress address)
{
    private static readonly TimeSpan UrlLife = TimeSpan.FromDays(7);

    /// <param name="error">Null when it went well.</param>
    public object Data(
        Guid id, string status, string type, string provider, string model, IReadOnlyList<Output> outputs, long cost, long refund, (string Code, string? Message)? error, DateTimeOffset at, bool test) => new
        {
            id,
            status,
            type,
            provider,
            model,
            outputUrls = outputs.OrderBy(output => output.Ordinal).Select(output => address.Link(urls.Of(output.StorageKey, UrlLife))),
            creditsCost = cost,
            creditsRefunded = refund,
            error = error is { } fault ? new { code = fault.Code, message = fault.Message } : null,
            completedAt = at,
            test,
        };
}
