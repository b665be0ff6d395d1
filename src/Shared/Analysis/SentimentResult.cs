namespace Rpd.Shared.Analysis;

/// <summary>The mood of a text, in the shape of Amazon Comprehend.</summary>
/// <param name="Sentiment"><c>POSITIVE</c>, <c>NEGATIVE</c>, <c>NEUTRAL</c> or <c>MIXED</c>: the largest of the four shares.</param>
public sealed record SentimentResult(string Sentiment, SentimentScore SentimentScore);

/// <summary>Shares that add up to 1.</summary>
public sealed record SentimentScore(double Positive, double Negative, double Neutral, double Mixed);
