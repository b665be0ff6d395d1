namespace Rpd.Shared.Analysis;

/// <summary>Faces in a picture, in the shape of Amazon Rekognition.</summary>
public sealed record FacesResult(IReadOnlyList<FaceDetail> FaceDetails);

/// <param name="Confidence">0 to 100.</param>
public sealed record FaceDetail(BoundingBox BoundingBox, double Confidence);

/// <summary>A rectangle in fractions of the picture's width and height, upright as the picture is shown.</summary>
public sealed record BoundingBox(double Left, double Top, double Width, double Height);

/// <summary>What is written in a picture, in the shape of Amazon Rekognition: each line, followed by its words.</summary>
public sealed record TextResult(IReadOnlyList<TextDetection> TextDetections);

/// <param name="Type"><c>LINE</c> or <c>WORD</c>.</param>
/// <param name="Confidence">0 to 100.</param>
public sealed record TextDetection(string DetectedText, string Type, double Confidence, TextGeometry Geometry);

/// <summary>Where it stands.</summary>
public sealed record TextGeometry(BoundingBox BoundingBox);
