using Rpd.Shared;
using Rpd.Shared.CustomModels;
using Rpd.Web.Ui;

namespace Rpd.Web.CustomModels;

/// <summary>As typed.</summary>
public sealed record CustomModelForm
{
    public string? Name { get; init; }

    /// <summary>One of <see cref="CustomModelKinds"/>.</summary>
    public string Kind { get; init; } = CustomModelKinds.Text;

    public string? Seed { get; init; }

    public static IReadOnlyList<Choice> Kinds { get; } = [new(CustomModelKinds.Text, "Texts"), new(CustomModelKinds.Image, "Pictures")];
}

/// <summary>What the viewer's plan allows.</summary>
/// <param name="Plan">Its name.</param>
/// <param name="Plans">Those that have custom models, the smallest first.</param>
/// <param name="Most">How many models the viewer may have; 0: none.</param>
/// <param name="MegabytesMax">Of an upload.</param>
public sealed record CustomModelTerms(string Plan, IReadOnlyList<string> Plans, int Most, int MegabytesMax);

/// <param name="Count">Of all models of the viewer.</param>
/// <param name="Cursor">Set below the first page.</param>
public sealed record CustomModelsModel(CustomModelForm Form, FormErrors Errors, Page<CustomModelView> Models, int Count, string? Cursor, CustomModelTerms Terms);

/// <param name="Errors">Of the try.</param>
/// <param name="Text">That was tried.</param>
/// <param name="Prediction">Null before a try.</param>
/// <param name="Price">Of a try that is answered.</param>
public sealed record CustomModelModel(CustomModelView Model, FormErrors Errors, string? Text, PredictionView? Prediction, long Balance, long Price, int MegabytesMax, string BaseAddress);
