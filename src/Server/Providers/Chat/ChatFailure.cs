using System.Text.Json;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Providers.Chat;

/// <summary>Why there is no answer.</summary>
/// <param name="Message">For whoever looks after this server, without credentials. When the request is at fault it is the upstream's own and customers may read it.</param>
public sealed record ChatFailure(ProviderFault Fault, string Message)
{
    private const int LengthMax = 500;

    /// <summary>The upstream's name for it: <c>context_length_exceeded</c>.</summary>
    public string? Code { get; init; }

    /// <summary>The member of the request that is at fault.</summary>
    public string? Param { get; init; }

    /// <summary>When it may be tried again, where that is known.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The request itself is at fault: whoever is asked would say the same.</summary>
    public bool Final => Fault is ProviderFault.InvalidInput or ProviderFault.ContentPolicy;

    /// <summary>Speaks against the upstream's health. What a request can bring about does not: nobody may close the way for others.</summary>
    public bool Sick => Fault is ProviderFault.Unavailable or ProviderFault.TimedOut;

    internal static ChatFailure Senseless { get; } = new(ProviderFault.Unavailable, "its answer makes no sense");

    internal static ChatFailure BrokenOff { get; } = new(ProviderFault.Unavailable, "its answer broke off");

    /// <summary>What an answer means that is none.</summary>
    /// <remarks>Codes: OpenAI's and Azure's error lists; <c>metadata.reasons</c> is how OpenRouter says that an input was flagged.</remarks>
    internal static ChatFailure Of(int status, JsonElement answer, TimeSpan? retryAfter, UpstreamAccess access)
    {
        var error = answer.At("error");
        if (error.ValueKind != JsonValueKind.Object) error = answer;
        var said = (error.At("message").Text() ?? answer.At("error").Text() ?? answer.At("detail").Text()) is { } text ? access.Strike(text) : null;
        if (said?.Length > LengthMax) said = said[..LengthMax];
        // Some answer 200 and mean something else.
        if (status is >= 200 and < 300) status = error.At("code").Number(599) is { } meant and >= 300 ? (int)meant : 502;
        var code = error.At("code").Text();
        var fault = (code, status) switch
        {
            ("content_filter" or "content_policy_violation" or "moderation_blocked", _) => ProviderFault.ContentPolicy,
            (_, 403) when error.At("metadata", "reasons").ValueKind == JsonValueKind.Array => ProviderFault.ContentPolicy,
            ("insufficient_quota" or "billing_hard_limit_reached" or "billing_not_active", _) or (_, 401 or 402 or 403) => ProviderFault.InsufficientQuota,
            ("model_not_found", _) => ProviderFault.Internal,
            (_, 400 or 413 or 422) => ProviderFault.InvalidInput,
            (_, 429) => ProviderFault.RateLimited,
            (_, 408 or 504) => ProviderFault.TimedOut,
            (_, 409 or 425 or >= 500) => ProviderFault.Unavailable,
            _ => ProviderFault.Internal,
        };
        var failure = new ChatFailure(fault, "") { Code = code, Param = error.At("param").Text(), RetryAfter = retryAfter };
        return failure with { Message = said is null ? $"it answered {status}" : failure.Final ? said : $"it answered {status}: {said}" };
    }

    /// <summary>Null for what is no fault of an upstream: the caller has gone, or a bug.</summary>
    internal static ChatFailure? Of(Exception fault, CancellationToken cancel) => fault switch
    {
        _ when cancel.IsCancellationRequested => null,
        OperationCanceledException => new(ProviderFault.TimedOut, "it did not answer in time"),
        HttpRequestException { HttpRequestError: HttpRequestError.ConfigurationLimitExceeded } or InvalidDataException => new(ProviderFault.Unavailable, "its answer is too large"),
        HttpRequestException { HttpRequestError: HttpRequestError.ResponseEnded or HttpRequestError.Unknown } or IOException => BrokenOff,
        HttpRequestException unreachable => new(ProviderFault.Unavailable, $"it cannot be reached ({unreachable.HttpRequestError})"),
        JsonException => new(ProviderFault.Unavailable, "its answer is not JSON"),
        _ => null,
    };
}
