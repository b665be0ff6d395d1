namespace Rpd.Server.CustomModels.Training;

/// <summary>How far a training is, told by the thread that learns and read by the one that writes it down: the first half is reading the examples, the second learning from them.</summary>
public sealed class TrainingProgress
{
    // The last hundredth is the verdict.
    private const int Most = 99;
    private volatile int percent;

    public TrainingProgress() => (Reading, Learning) = (new Half(this, 0), new Half(this, 50));

    public int Percent => percent;

    public IProgress<int> Reading { get; }

    public IProgress<int> Learning { get; }

    private sealed class Half(TrainingProgress whole, int from) : IProgress<int>
    {
        /// <param name="value">In hundredths of this half.</param>
        public void Report(int value) => whole.percent = Math.Min(Most, from + (value / 2));
    }
}
