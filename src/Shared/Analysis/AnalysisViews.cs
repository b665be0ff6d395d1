namespace Rpd.Shared.Analysis;

/// <summary>Who has looked, and in which language the text is.</summary>
/// <param name="Provider">As the request wrote it, or the one that was chosen.</param>
/// <param name="Language">As the request said, or as it was found out. Empty for pictures.</param>
public sealed record AnalysisMeta(string Provider, string Language);

/// <summary>The mood of a text.</summary>
public sealed record SentimentView(AnalysisMeta Meta, SentimentResult Result);

/// <summary>What a text names.</summary>
public sealed record EntitiesView(AnalysisMeta Meta, EntitiesResult Result);

/// <summary>What a text is about.</summary>
public sealed record KeyPhrasesView(AnalysisMeta Meta, KeyPhrasesResult Result);

/// <summary>Faces in a picture.</summary>
public sealed record FacesView(AnalysisMeta Meta, FacesResult Result);

/// <summary>Landmarks in a picture.</summary>
public sealed record LandmarksView(AnalysisMeta Meta, LandmarksResult Result);

/// <summary>Objects in a picture.</summary>
public sealed record ObjectsView(AnalysisMeta Meta, ObjectsResult Result);

/// <summary>What is written in a picture.</summary>
public sealed record WritingView(AnalysisMeta Meta, TextResult Result);
