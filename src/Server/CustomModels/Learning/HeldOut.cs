namespace Rpd.Server.CustomModels.Learning;

/// <summary>A fifth of each label's examples, one at least, is kept from the training and only judged with: what a classifier says of what it has learned by heart tells nothing.</summary>
public static class HeldOut
{
    private const int OneOf = 5;

    public static (IReadOnlyList<Example> Training, IReadOnlyList<Example> Judging) Split(IReadOnlyList<Example> examples, int seed)
    {
        var chance = new Random(seed);
        var (training, judging) = (new List<Example>(), new List<Example>());
        foreach (var same in examples.GroupBy(example => example.Label).OrderBy(same => same.Key))
        {
            var mixed = same.ToArray();
            chance.Shuffle(mixed);
            var kept = Math.Max(1, mixed.Length / OneOf);
            judging.AddRange(mixed[..kept]);
            training.AddRange(mixed[kept..]);
        }
        return (training, judging);
    }
}
