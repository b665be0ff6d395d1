namespace Rpd.Shared.Analysis;

/// <summary>Faces in a picture, in the shape of Amazon Rekognition.</summary>
public sealed record FacesResult(IReadOnlyList<FaceDetail> FaceDetails);

/// <summary>One face.</summary>
/// <param name="Confidence">0 to 100.</param>
public sealed record FaceDetail(BoundingBox BoundingBox, double Confidence);

/// <summary>A rectangle in fractions of the picture's width and height, upright as the picture is shown.</summary>
public sealed record BoundingBox(double Left, double Top, double Width, double Height);

/// <summary>What is written in a picture, in the shape of Amazon Rekognition: each line, followed by its words.</summary>
public sealed record TextResult(IReadOnlyList<TextDetection> TextDetections);

/// <summary>A line or a word of it.</summary>
/// <param name="Type"><c>LINE</c> or <c>WORD</c>.</param>
/// <param name="Confidence">0 to 100.</param>
public sealed record TextDetection(string DetectedText, string Type, double Confidence, TextGeometry Geometry);

/// <summary>Where it stands.</summary>
public sealed record TextGeometry(BoundingBox BoundingBox);

/// <summary>Well-known places in a picture, in the shape of Google Cloud Vision.</summary>
public sealed record LandmarksResult(IReadOnlyList<Landmark> LandmarkAnnotations);

/// <summary>One place.</summary>
/// <param name="Description">Its name.</param>
/// <param name="Score">0 to 1.</param>
public sealed record Landmark(string Description, double Score, PixelOutline BoundingPoly, IReadOnlyList<LandmarkPlace> Locations);

/// <summary>Corners in pixels.</summary>
public sealed record PixelOutline(IReadOnlyList<Corner> Vertices);

/// <summary>One corner.</summary>
public sealed record Corner(double X, double Y);

/// <summary>Where on earth it is.</summary>
public sealed record LandmarkPlace(LatLng LatLng);

/// <summary>In degrees.</summary>
public sealed record LatLng(double Latitude, double Longitude);

/// <summary>Objects in a picture, in the shape of Google Cloud Vision.</summary>
public sealed record ObjectsResult(IReadOnlyList<LocalizedObject> LocalizedObjectAnnotations);

/// <summary>One object.</summary>
/// <param name="Name">What it is, in English.</param>
/// <param name="Score">0 to 1.</param>
public sealed record LocalizedObject(string Name, double Score, NormalizedOutline BoundingPoly);

/// <summary>Corners in fractions of the picture's width and height.</summary>
public sealed record NormalizedOutline(IReadOnlyList<Corner> NormalizedVertices);
