using Rpd.Shared;
using Rpd.Web.Ui;

namespace Rpd.Web.Recognition;

/// <summary>What was chosen, as text; empty is the usual.</summary>
public sealed record RecognitionForm
{
    /// <summary>One of <see cref="Covers"/>.</summary>
    public string Cover { get; init; } = "default";

    /// <summary><c>#rrggbb</c>, of boxes and rectangles.</summary>
    public string Colour { get; init; } = "#c9f03a";

    /// <summary>1–3.</summary>
    public string Finder { get; init; } = "1";

    /// <summary>0–1.</summary>
    public string Threshold { get; init; } = "0.9";

    /// <summary>As the API calls them, and as people would.</summary>
    public static IReadOnlyList<Choice> Covers { get; } = [new("default", "Boxes"), new("pixel", "Pixelated"), new("fill", "Filled"), new("black", "Boxes on black")];

    public static IReadOnlyList<Choice> Finders { get; } = [new("1", "From the front"), new("2", "From the front, looking twice"), new("3", "Profiles too (slower)")];
}

/// <param name="Left">In pixels of the whole picture, from its upper left corner.</param>
/// <param name="Percent">How sure the detector is.</param>
public sealed record FaceLine(int Left, int Top, int Width, int Height, int Percent);

/// <summary>What was found in the picture that was sent.</summary>
/// <param name="Picture">The painted JPEG as a <c>data:</c> address: it is kept nowhere.</param>
/// <param name="Width">Of the painted picture, which may be smaller than the one that was sent.</param>
/// <param name="Cost">0 when nothing was found.</param>
public sealed record RecognitionResult(string Picture, int Width, int Height, IReadOnlyList<FaceLine> Faces, string FileName, long Cost);

/// <param name="Result">Null before a picture was sent.</param>
/// <param name="Price">Of a picture in which something is found.</param>
public sealed record RecognitionModel(RecognitionForm Form, FormErrors Errors, RecognitionResult? Result, long Balance, long Price, int MegabytesMax, string BaseAddress);
