using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.CustomModels;

public static class CustomModelKinds
{
    public const string Text = "text", Image = "image";

    public static readonly IReadOnlyList<string> All = [Text, Image];
}

public static class CustomModelStatus
{
    public const string Queued = "queued", Training = "training", Ready = "ready", Failed = "failed";

    public static readonly IReadOnlyList<string> All = [Queued, Training, Ready, Failed];

    public static bool Ended(string status) => status is Ready or Failed;
}

/// <summary>A classifier to be trained on examples of one's own.</summary>
public sealed record NewCustomModelBody
{
    /// <summary>How it is called in lists.</summary>
    [StringLength(80)]
    public required string Name { get; init; }

    [OneOf(typeof(CustomModelKinds))]
    public required string Kind { get; init; }

    /// <summary>The same examples with the same seed give the same model. Default 1.</summary>
    [Range(0, int.MaxValue)]
    public int? Seed { get; init; }

    /// <summary>
    /// For <c>text</c> a CSV in UTF-8 with the columns <c>text</c> and <c>label</c>; for <c>image</c> a zip with a folder for each label and pictures in it. At least two labels with five
    /// examples each. The file of a form; in JSON a data URI, and then 3 MB at most.
    /// </summary>
    public required string File { get; init; }
}

/// <summary>What a deployed model is to judge: a text, or a picture as a file or by its address.</summary>
public sealed record NewPredictionBody
{
    /// <summary>For a model of texts.</summary>
    [StringLength(4000)]
    public string? Text { get; init; }

    /// <summary>For a model of pictures, PNG, JPEG, WebP or GIF: the file of a form; in JSON a data URI.</summary>
    public string? File { get; init; }

    /// <summary>For a model of pictures, instead of <c>file</c>: an http or https address to fetch it from.</summary>
    [StringLength(2048)]
    public string? Url { get; init; }
}

/// <summary>A classifier of one's own.</summary>
/// <param name="Progress">Of the training, 0–100.</param>
/// <param name="Deployed">Whether it can be asked.</param>
/// <param name="Labels">In the order of the confusion matrix.</param>
/// <param name="Examples">How many were uploaded.</param>
/// <param name="Metrics">How it fares on examples that it was not trained on; null until it is ready.</param>
/// <param name="Error">Why it failed; else null.</param>
/// <param name="Version">Grows with each change.</param>
public sealed record CustomModelView(
    Guid Id, string Name, [property: OneOf(typeof(CustomModelKinds))] string Kind, int Seed, [property: OneOf(typeof(CustomModelStatus))] string Status, int Progress, bool Deployed,
    IReadOnlyList<string> Labels, int Examples, MetricsView? Metrics, string? Error, int Version, DateTimeOffset CreatedAt, DateTimeOffset? CompletedAt);

/// <summary>How a model fares on the fifth of the examples that was kept from its training.</summary>
/// <param name="Examples">How many were kept.</param>
/// <param name="Accuracy">The share of right answers, 0–1.</param>
/// <param name="MacroF1">The mean of the labels' F1, each counting alike.</param>
/// <param name="Confusion">How often each label (row) was taken for each (column), both in the order of the model's labels.</param>
public sealed record MetricsView(int Examples, double Accuracy, double MacroF1, IReadOnlyList<LabelMetricsView> Labels, IReadOnlyList<IReadOnlyList<int>> Confusion);

/// <summary>How one label fares.</summary>
/// <param name="Examples">Of those kept.</param>
/// <param name="Precision">Of those given this label, the share that has it.</param>
/// <param name="Recall">Of those that have it, the share that was found.</param>
/// <param name="F1">The harmonic mean of both.</param>
public sealed record LabelMetricsView(string Label, int Examples, double Precision, double Recall, double F1);

/// <summary>What a model says of a text or a picture.</summary>
/// <param name="Label">The likeliest.</param>
/// <param name="Probabilities">Of every label, the likeliest first. They sum to one.</param>
public sealed record PredictionView(Guid ModelId, string Label, IReadOnlyList<LabelProbabilityView> Probabilities);

/// <summary>How likely a label is.</summary>
/// <param name="Probability">0–1.</param>
public sealed record LabelProbabilityView(string Label, double Probability);
