namespace Rpd.Server.CustomModels.Learning;

/// <summary>How one label fared. Of those given this label, <paramref name="Precision"/> are right; of those that have it, <paramref name="Recall"/> were found.</summary>
/// <param name="F1">The harmonic mean of both.</param>
public sealed record LabelVerdict(string Label, int Examples, double Precision, double Recall, double F1);

/// <summary>How well a classifier does on examples that it has not seen.</summary>
/// <param name="Accuracy">The share of right answers.</param>
/// <param name="MacroF1">The labels' F1, each counting alike however many examples it has.</param>
/// <param name="Confusion">Rows are what is so, columns what was said, both in the order of the labels.</param>
public sealed record Verdict(int Examples, double Accuracy, double MacroF1, IReadOnlyList<LabelVerdict> Labels, int[][] Confusion)
{
    public static Verdict Of(Classifier classifier, IReadOnlyList<Example> examples)
    {
        var confusion = Array.ConvertAll(new int[classifier.Labels.Count][], _ => new int[classifier.Labels.Count]);
        foreach (var example in examples)
        {
            var scores = classifier.Scores(example.Features);
            confusion[example.Label][Array.IndexOf(scores, scores.Max())]++;
        }
        var labels = classifier.Labels.Select((label, i) => Of(label, confusion[i].Sum(), confusion[i][i], confusion.Sum(row => row[i]))).ToArray();
        return new(examples.Count, Share(confusion.Select((row, i) => row[i]).Sum(), examples.Count), labels.Average(label => label.F1), labels, confusion);
    }

    private static LabelVerdict Of(string label, int there, int right, int said)
    {
        var (precision, recall) = (Share(right, said), Share(right, there));
        return new(label, there, precision, recall, precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall));
    }

    private static double Share(int part, int whole) => whole == 0 ? 0 : (double)part / whole;
}
