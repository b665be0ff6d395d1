using System.Diagnostics;
using System.Text;
using Rpd.Server.Outbound;
using Rpd.Shared.Webhooks;

namespace Rpd.Server.Webhooks;

/// <summary>One attempt: signs the frozen body, posts it and says what came of it. Any 2xx is a delivery; 410 means never again; all else is tried later.</summary>
public sealed class AttemptDelivery(OutboundHttp outbound, WebhookSecrets secrets, WebhookOptions options, TimeProvider time)
{
    private const int ExcerptMax = 500;

    public async Task<AttemptOutcome> Run(ClaimedDelivery delivery, CancellationToken cancel)
    {
        var at = time.GetUtcNow();
        var key = secrets.Key(delivery.Secret ?? await secrets.Default(delivery.Account, cancel));
        var headers = SignMessage.Headers(delivery.MessageId, at, delivery.Body, key, delivery.OldSecret is null ? null : secrets.Key(delivery.OldSecret));
        var begun = Stopwatch.GetTimestamp();
        var posted = Uri.TryCreate(delivery.Url, UriKind.Absolute, out var address)
            ? await outbound.Post(address, headers, delivery.Body, "application/json", options.Timeout, ExcerptMax, cancel)
            : new OutboundFailure(OutboundFault.Refused, "This is no address.");
        var latency = (int)Stopwatch.GetElapsedTime(begun).TotalMilliseconds;
        var status = posted.Answer?.Status;
        var (state, next) = Verdict(delivery, status);
        return new(delivery, at, state, next, status, latency, posted.Answer is { } answer ? Excerpt(answer.Body) : null, posted.Failure?.Message, Gone: status == 410);
    }

    // A retry waits from the end of the attempt: one that timed out would otherwise be tried again at once.
    private (string State, DateTimeOffset? Next) Verdict(ClaimedDelivery delivery, int? status)
    {
        if (status is >= 200 and < 300) return (DeliveryStatus.Delivered, null);
        if (delivery.Test || status == 410 || RetrySchedule.After(delivery.Step + 1, Random.Shared.NextDouble()) is not { } delay) return (DeliveryStatus.Failed, null);
        return (DeliveryStatus.Pending, time.GetUtcNow() + delay);
    }

    // PostgreSQL has no NUL in texts; other people's bytes may be anything.
    private static string Excerpt(byte[] body) => Encoding.UTF8.GetString(body).Replace('\0', '\uFFFD');
}
