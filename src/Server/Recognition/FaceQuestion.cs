namespace Rpd.Server.Recognition;

/// <summary>A face in a picture, in its pixels, as the picture is shown.</summary>
/// <param name="Score">0–1: how sure the detector is, see <c>faces.py</c>. 0.5 is as likely a face as not.</param>
public sealed record FoundFace(int X, int Y, int Width, int Height, double Score);

/// <summary>What is looked for, and what is made of it.</summary>
/// <param name="Finder">1: frontal faces; 2: seeks them in two ways; 3: profiles too, and takes five times as long.</param>
/// <param name="Threshold">Faces of a lower score do not count.</param>
/// <param name="Paint">One of <see cref="FacePaint"/>; null when no picture is wanted.</param>
/// <param name="Colour">Of boxes and rectangles, <c>rrggbb</c>.</param>
public sealed record FaceQuestion(int Finder = 1, double Threshold = 0.9, string? Paint = null, string Colour = "00ff00")
{
    /// <summary>Pixels of the painted picture's longer side that will do.</summary>
    public int PaintedSideMax { get; init; } = Media.Probe.SidePixelsMax;
}

/// <summary>What a picture with faces is turned into. The mosaic and the rectangle cover the head with some margin.</summary>
public static class FacePaint
{
    public const string Boxes = "boxes", Pixel = "pixel", Fill = "fill", Black = "black";

    /// <param name="faceMode">As forms call it: <c>default</c>, <c>pixel</c>, <c>fill</c> or <c>black</c>.</param>
    public static string Of(string faceMode) => faceMode is Pixel or Fill or Black ? faceMode : Boxes;
}

/// <param name="Width">Of the whole picture, as it is shown.</param>
/// <param name="Painted">A JPEG without any metadata, when one was asked for.</param>
public sealed record FacesFound(int Width, int Height, IReadOnlyList<FoundFace> Faces, byte[]? Painted);
