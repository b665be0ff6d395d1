using System.Globalization;

namespace Rpd.Server.Providers;

/// <summary>When an answer says that it may be tried again: OpenAI's <c>retry-after-ms</c>, else <c>Retry-After</c> as seconds or a date. An hour at most.</summary>
internal static class RetryAfter
{
    private static readonly TimeSpan Most = TimeSpan.FromHours(1);

    public static TimeSpan? Of(HttpResponseMessage response, TimeProvider time)
    {
        var after = response.Headers.RetryAfter;
        var pause = response.Headers.TryGetValues("retry-after-ms", out var values) && double.TryParse(values.First(), NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && exact >= 0 && exact <= Most.TotalMilliseconds
            ? TimeSpan.FromMilliseconds(exact)
            : after?.Delta ?? (after?.Date is { } date ? date - time.GetUtcNow() : null);
        return pause is not { } known ? null : known < TimeSpan.Zero ? TimeSpan.Zero : known > Most ? Most : known;
    }
}
