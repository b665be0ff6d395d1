using Rpd.Server.Analysis.Pictures;

namespace Rpd.Server.Analysis;

/// <summary>What can be asked of a text (the first three) or of a picture.</summary>
public enum AnalysisTask { Sentiment, Entities, KeyPhrase, Face, Landmark, Localize, Text }

/// <param name="Content">Of a text; empty for a picture.</param>
/// <param name="Language">Of a text: one of <see cref="Rpd.Shared.Analysis.TextLanguages.Known"/>. Of a picture: the one that its writing is said to be in, or empty.</param>
/// <param name="Picture">Null for a text.</param>
public sealed record AnalysisRequest(AnalysisTask Task, string Content, string Language, Picture? Picture = null);
