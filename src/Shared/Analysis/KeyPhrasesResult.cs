namespace Rpd.Shared.Analysis;

/// <summary>What a text is about, in its order, in the shape of Amazon Comprehend.</summary>
public sealed record KeyPhrasesResult(IReadOnlyList<KeyPhrase> KeyPhrases);

/// <summary>One phrase.</summary>
/// <param name="Score">0 to 1: how much it stands out.</param>
/// <param name="BeginOffset">Of its first character, counted in Unicode code points from 0.</param>
/// <param name="EndOffset">Of the character after its last one.</param>
public sealed record KeyPhrase(double Score, string Text, int BeginOffset, int EndOffset);
