using Rpd.Server.CustomModels.Learning;

namespace Rpd.Server.Tests.CustomModels;

public sealed class LearningTests
{
    private static readonly string[] Labels = ["cheerful", "angry", "neutral"];

    [Fact]
    public void The_same_examples_and_seed_give_the_same_bytes_and_another_seed_others()
    {
        var examples = Mails(30);

        var first = Train(examples, 7).Write();
        var second = Train(examples, 7).Write();
        var other = Train(examples, 8).Write();

        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public void A_stored_classifier_says_the_same_as_the_one_that_was_trained()
    {
        var trained = Train(Mails(30), 7);

        var stored = Classifier.Read(trained.Write());

        Assert.Equal(Labels, stored.Labels);
        Assert.Equal(trained.Scores(TextFeatures.Of("thank you so much")), stored.Scores(TextFeatures.Of("thank you so much")));
        Assert.Throws<InvalidDataException>(() => Classifier.Read([1, 2, 3, 4, 5, 6, 7, 8]));
    }

    [Fact]
    public void Texts_that_it_has_not_seen_are_told_apart()
    {
        var (training, judging) = HeldOut.Split(Mails(60), 1);
        var verdict = Verdict.Of(Train(training, 1), judging);

        Assert.Equal((36, 144), (judging.Count, training.Count));
        Assert.InRange(verdict.Accuracy, 0.9, 1);
        Assert.InRange(verdict.MacroF1, 0.9, 1);
        Assert.Equal(judging.Count, verdict.Confusion.Sum(row => row.Sum()));
        Assert.Equal([12, 12, 12], verdict.Labels.Select(label => label.Examples));
    }

    [Fact]
    public void A_negation_is_more_than_its_words()
    {
        string[] good = ["this is good", "good indeed", "it was good", "really good"], bad = ["this is not good", "not good indeed", "it was not good", "really not good"];
        var examples = good.Select(text => new Example(TextFeatures.Of(text), 0)).Concat(bad.Select(text => new Example(TextFeatures.Of(text), 1))).ToArray();
        var classifier = new TrainClassifier().Run(examples, ["yes", "no"], TextFeatures.Buckets, 1, null, TestContext.Current.CancellationToken);

        Assert.InRange(classifier.Scores(TextFeatures.Of("that is good"))[0], 0.5, 1);
        Assert.InRange(classifier.Scores(TextFeatures.Of("that is not good"))[1], 0.5, 1);
    }

    [Fact]
    public void Pictures_are_told_apart_by_their_edges_and_by_their_colours()
    {
        var chance = new Random(3);
        string[] labels = ["upright", "flat", "red"];
        var examples = Enumerable.Range(0, 90).Select(i => new Example(ImageFeatures.Of(Picture(i % 3, chance)), i % 3)).ToArray();
        var (training, judging) = HeldOut.Split(examples, 1);
        var classifier = new TrainClassifier().Run(training, labels, ImageFeatures.Length, 1, null, TestContext.Current.CancellationToken);

        Assert.InRange(Verdict.Of(classifier, judging).Accuracy, 0.95, 1);
    }

    [Fact]
    public void A_verdict_counts_what_was_taken_for_what()
    {
        // One feature for each label, and one example that is taken for the other.
        var classifier = new Classifier(["a", "b"], 2, [1, 0, 0, 1], [0, 0]);
        var examples = new[] { (0, 0), (0, 0), (1, 0), (1, 1) }.Select(one => new Example(new([one.Item1], [1]), one.Item2)).ToArray();

        var verdict = Verdict.Of(classifier, examples);

        Assert.Equal([[2, 1], [0, 1]], verdict.Confusion);
        Assert.Equal(0.75, verdict.Accuracy);
        Assert.Equal((1.0, 2 / 3.0, 0.8), (verdict.Labels[0].Precision, verdict.Labels[0].Recall, Math.Round(verdict.Labels[0].F1, 6)));
        Assert.Equal((0.5, 1.0), (verdict.Labels[1].Precision, verdict.Labels[1].Recall));
    }

    [Fact]
    public void Training_stops_when_nobody_wants_it_any_more()
    {
        using var stop = new CancellationTokenSource();
        var progress = new Stopper(stop);

        Assert.Throws<OperationCanceledException>(() => new TrainClassifier().Run(Mails(30), Labels, TextFeatures.Buckets, 1, progress, stop.Token));
        Assert.Equal(1, progress.Told);
    }

    private static Classifier Train(IReadOnlyList<Example> examples, int seed) => new TrainClassifier().Run(examples, Labels, TextFeatures.Buckets, seed, null, CancellationToken.None);

    private static Example[] Mails(int each)
    {
        string[][] openings = [["thank you so much", "what a lovely surprise", "we are delighted"], ["this is outrageous", "i want my money back", "never again"], ["please send the invoice", "the parcel weighs two kilos", "our office is open on monday"]];
        string[] things = ["the lamp", "the order", "the delivery", "the chair", "my account", "the last call", "the repair"];
        var chance = new Random(11);
        return [.. Enumerable.Range(0, each * 3).Select(i => new Example(TextFeatures.Of($"{openings[i % 3][chance.Next(3)]}, {things[chance.Next(things.Length)]} number {chance.Next(100)}"), i % 3))];
    }

    private static byte[] Picture(int kind, Random chance)
    {
        var (width, shift) = (chance.Next(3, 8), chance.Next(8));
        var rgb = new byte[ImageFeatures.Side * ImageFeatures.Side * 3];
        for (var i = 0; i < ImageFeatures.Side * ImageFeatures.Side; i++)
        {
            var place = (kind == 0 ? i % ImageFeatures.Side : i / ImageFeatures.Side) + shift;
            var light = (byte)(((place / width % 2) * 150) + 40 + chance.Next(20));
            (rgb[i * 3], rgb[(i * 3) + 1], rgb[(i * 3) + 2]) = kind == 2 ? ((byte)200, (byte)(light / 4), (byte)(light / 4)) : (light, light, light);
        }
        return rgb;
    }

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<int>
    {
        public int Told { get; private set; }

        public void Report(int value)
        {
            Told++;
            stop.Cancel();
        }
    }
}
