using Polly;
using Polly.CircuitBreaker;

namespace Rpd.Server.Providers.Chat;

/// <summary>One upstream, and how this node has lately fared with it.</summary>
internal sealed class ChatUpstream
{
    private static readonly TimeSpan Break = TimeSpan.FromSeconds(15);

    /// <summary>After it has refused our key or found our balance empty.</summary>
    private static readonly TimeSpan Refused = TimeSpan.FromMinutes(1);

    private readonly TimeProvider time;
    private readonly ILogger log;
    private readonly SemaphoreSlim slots;
    private readonly ResiliencePipeline<ChatFailure?> breaker;
    private Rest? rest;

    public ChatUpstream(string name, UpstreamAccess access, TimeProvider time, ILogger log)
    {
        (Name, Access, this.time, this.log, slots) = (name, access, time, log, new(access.MaxConcurrent));
        breaker = new ResiliencePipelineBuilder<ChatFailure?> { TimeProvider = time }
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ChatFailure?>
            {
                ShouldHandle = static tried => ValueTask.FromResult(tried.Outcome.Result is { Sick: true }),
                FailureRatio = 0.5,
                MinimumThroughput = 4,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = Break,
                OnOpened = _ =>
                {
                    Leave(Break, new(ProviderFault.Unavailable, "it has failed too often and is left alone for a moment"));
                    return default;
                },
            })
            .Build();
    }

    public string Name { get; }

    public UpstreamAccess Access { get; }

    /// <summary>Whether others are to be asked first at the moment.</summary>
    public bool Resting => Aside is not null || slots.CurrentCount == 0;

    private Rest? Aside => rest is { } now && now.Until > time.GetUtcNow() ? now : null;

    /// <param name="call">Reaches the upstream once.</param>
    public async Task<(T? Answer, ChatFailure? Failure)> Ask<T>(Func<CancellationToken, Task<(T? Answer, ChatFailure? Failure)>> call, CancellationToken cancel) where T : class
    {
        // Coming before it is time only makes it later. A key that was refused is tried again when nobody else is left: requests may bring that about, too.
        if (Aside is { Failure.Fault: not ProviderFault.InsufficientQuota } aside) return (null, aside.Failure with { RetryAfter = aside.Until - time.GetUtcNow() });
        if (!await slots.WaitAsync(TimeSpan.FromSeconds(Access.FirstTokenSeconds), cancel)) return (null, new(ProviderFault.RateLimited, "it is busy with what this server has asked it already"));
        T? answer = null;
        try
        {
            var failure = await breaker.ExecuteAsync(async within =>
            {
                (answer, var failure) = await call(within);
                return failure;
            }, cancel);
            if (failure is not null) Note(failure);
            return (answer, failure);
        }
        catch (BrokenCircuitException)
        {
            return (null, new(ProviderFault.Unavailable, "it has failed too often and is being tried by somebody else"));
        }
        finally
        {
            if (answer is ChatStream stream) stream.Of(Name, Ended);
            else slots.Release();
        }
    }

    private void Ended(bool broke)
    {
        slots.Release();
        if (!broke) return;
        log.LogWarning("The answer of chat upstream {Upstream} broke off", Name);
        try
        {
            breaker.Execute(static () => ChatFailure.BrokenOff);
        }
        catch (BrokenCircuitException)
        {
            // That is known already.
        }
    }

    private void Note(ChatFailure failure)
    {
        if (failure.Final) return;
        if (failure.Fault == ProviderFault.InsufficientQuota)
        {
            Leave(Refused, failure);
            log.LogError("Chat upstream {Upstream} does not serve us, {Failure}. Others are asked first now; see to its key and its balance", Name, failure.Message);
            return;
        }
        if (failure.RetryAfter is { } pause && pause > TimeSpan.Zero) Leave(pause, failure);
        log.LogWarning("Chat upstream {Upstream} was of no help ({Fault}), {Failure}", Name, failure.Fault, failure.Message);
    }

    private void Leave(TimeSpan pause, ChatFailure failure)
    {
        var until = time.GetUtcNow() + pause;
        if (rest is not { } other || other.Until < until) rest = new(until, failure);
    }

    private sealed record Rest(DateTimeOffset Until, ChatFailure Failure);
}
