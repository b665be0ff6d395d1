using System.Globalization;
using Rpd.Server.Chat;
using Rpd.Server.Http;

namespace Rpd.Server.Faces.OpenAi;

/// <summary>What is left of the minute, as OpenAI says it.</summary>
internal static class LimitHeaders
{
    public static void Write(HttpResponse response, ChatAdmission limits)
    {
        RateLimits.Write(response, limits.Requests.Admitted && limits.Tokens is { Admitted: false } tokens ? tokens : limits.Requests);
        Write(response, "requests", limits.Requests);
        if (limits.Tokens is { } left) Write(response, "tokens", left);
    }

    private static void Write(HttpResponse response, string of, Admission admission)
    {
        response.Headers[$"x-ratelimit-limit-{of}"] = admission.Limit.ToString(CultureInfo.InvariantCulture);
        response.Headers[$"x-ratelimit-remaining-{of}"] = admission.Remaining.ToString(CultureInfo.InvariantCulture);
        response.Headers[$"x-ratelimit-reset-{of}"] = string.Create(CultureInfo.InvariantCulture, $"{admission.Reset.TotalSeconds:0.###}s");
    }
}
