namespace Rpd.Server.Catalog;

/// <summary>How long a model's latest completed runs took here, from start to end.</summary>
public sealed record MeasuredTime(int Samples, int P50Ms, int P99Ms);

/// <summary>What was measured of the models, as it was last computed: a copy in memory that a duty of each node renews.</summary>
public sealed class ModelTimes
{
    /// <summary>With fewer runs than these, a few odd ones would decide.</summary>
    public const int SamplesMin = 20;

    private const int FastMs = 15_000, StandardMs = 120_000;
    private volatile IReadOnlyDictionary<string, MeasuredTime> byModel = new Dictionary<string, MeasuredTime>();

    /// <returns>Null until enough runs are known.</returns>
    public MeasuredTime? Of(string model) => byModel.TryGetValue(model, out var time) && time.Samples >= SamplesMin ? time : null;

    /// <summary>The measured word for its speed, instead of the catalogue's.</summary>
    public string? Speed(string model) => Of(model)?.P50Ms switch { null => null, <= FastMs => "fast", <= StandardMs => "standard", _ => "slow" };

    public void Renew(IReadOnlyDictionary<string, MeasuredTime> measured) => byModel = measured;
}
