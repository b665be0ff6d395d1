using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Rpd.Server.Providers.Vendors;

/// <summary>What became of one try.</summary>
/// <param name="Again">Whether another may be made.</param>
internal sealed record VendorExchange(VendorAnswer? Answer, VendorReply? Instead, bool Again);

/// <summary>One vendor's retries and breaker.</summary>
internal sealed class VendorLane
{
    private const int RetriesMax = 2;

    /// <summary>Longer pauses are not waited for here: a worker has others to serve.</summary>
    private static readonly TimeSpan PauseMax = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan Break = TimeSpan.FromSeconds(15);

    public VendorLane(TimeProvider time) => Pipeline = new ResiliencePipelineBuilder<VendorExchange> { TimeProvider = time }
        .AddRetry(new RetryStrategyOptions<VendorExchange>
        {
            ShouldHandle = static tried => ValueTask.FromResult(tried.Outcome.Result is { Again: true } exchange && (Pause(exchange) ?? TimeSpan.Zero) <= PauseMax),
            MaxRetryAttempts = RetriesMax,
            Delay = TimeSpan.FromMilliseconds(400),
            BackoffType = DelayBackoffType.Exponential,
            UseJitter = true,
            DelayGenerator = static tried => ValueTask.FromResult(Pause(tried.Outcome.Result)),
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions<VendorExchange>
        {
            ShouldHandle = static tried => ValueTask.FromResult(tried.Outcome.Result is { Instead: VendorReply.Unknown or VendorReply.Failed { Fault: ProviderFault.Unavailable or ProviderFault.TimedOut or ProviderFault.Internal } }),
            FailureRatio = 0.7,
            MinimumThroughput = 10,
            SamplingDuration = TimeSpan.FromSeconds(30),
            BreakDuration = Break,
            StateProvider = State,
            ManualControl = Control,
        })
        .Build();

    private static TimeSpan? Pause(VendorExchange? exchange) => (exchange?.Instead as VendorReply.Failed)?.RetryAfter;

    public CircuitBreakerStateProvider State { get; } = new();

    public CircuitBreakerManualControl Control { get; } = new();

    public ResiliencePipeline<VendorExchange> Pipeline { get; }
}
