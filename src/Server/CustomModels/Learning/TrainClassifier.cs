namespace Rpd.Server.CustomModels.Learning;

/// <param name="Label">Its place among the labels.</param>
public readonly record struct Example(FeatureVector Features, int Label);

/// <summary>
/// Multinomial logistic regression, by stochastic gradient descent whose steps shrink for each weight by what it has moved (Adagrad). One thread and a seeded order: the same
/// examples and seed give the same bytes.
/// </summary>
public sealed class TrainClassifier
{
    private const int Rounds = 30;
    private const float Step = 0.5f, Decay = 1e-5f;

    /// <param name="features">How many there are.</param>
    /// <param name="progress">In hundredths.</param>
    public Classifier Run(IReadOnlyList<Example> examples, IReadOnlyList<string> labels, int features, int seed, IProgress<int>? progress, CancellationToken cancel)
    {
        var (weights, moved) = (new float[labels.Count * features], new float[labels.Count * features]);
        var (bias, biasMoved) = (new float[labels.Count], new float[labels.Count]);
        var order = Enumerable.Range(0, examples.Count).ToArray();
        var chance = new Random(seed);
        var classifier = new Classifier(labels, features, weights, bias);
        for (var round = 0; round < Rounds; round++)
        {
            chance.Shuffle(order);
            foreach (var at in order)
            {
                cancel.ThrowIfCancellationRequested();
                Learn(examples[at]);
            }
            progress?.Report((round + 1) * 100 / Rounds);
        }
        return classifier;

        void Learn(Example example)
        {
            var scores = classifier.Scores(example.Features);
            for (var label = 0; label < scores.Length; label++)
            {
                var fault = (float)(scores[label] - (label == example.Label ? 1 : 0));
                // What is as good as right already teaches nothing and costs the most.
                if (MathF.Abs(fault) < 1e-4f) continue;
                Move(bias, biasMoved, label, fault);
                var row = label * features;
                for (var i = 0; i < example.Features.Indices.Length; i++)
                {
                    var place = row + example.Features.Indices[i];
                    Move(weights, moved, place, (fault * example.Features.Values[i]) + (Decay * weights[place]));
                }
            }
        }
    }

    private static void Move(float[] numbers, float[] moved, int at, float slope)
    {
        moved[at] += slope * slope;
        numbers[at] -= Step * slope / (MathF.Sqrt(moved[at]) + 1e-8f);
    }
}
