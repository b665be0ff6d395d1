using Rpd.Server.Analysis.Builtin;

namespace Rpd.Server.Tests.Analysis;

public sealed class FindKeyPhrasesTests
{
    [Theory]
    [InlineData("en", "Seems it never rains in Southern California.", "rains, Southern California")]
    [InlineData("en", "Criteria of compatibility of a system of linear Diophantine equations are considered.", "Criteria, compatibility, system, linear Diophantine equations, considered")]
    [InlineData("de", "Die Arbeit an der neuen Brücke über die alte Donau beginnt.", "Arbeit, neuen Brücke, alte Donau beginnt")]
    [InlineData("fr", "L'intelligence artificielle change l'économie.", "intelligence artificielle change, économie")]
    [InlineData("en", "and of the", "")]
    public void Runs_of_words_between_stop_words_are_found_in_their_order(string language, string text, string expected) =>
        Assert.Equal(expected, string.Join(", ", FindKeyPhrases.Run(text, TextLanguage.All[language]).KeyPhrases.Select(phrase => phrase.Text)));

    [Fact]
    public void Phrases_stand_out_more_than_single_words_and_are_counted_in_code_points()
    {
        var found = FindKeyPhrases.Run("😀 It never rains in Southern California", TextLanguage.All["en"]).KeyPhrases;

        Assert.Equal((20, 39), (found[^1].BeginOffset, found[^1].EndOffset));
        Assert.True(found[^1].Score > found[0].Score);
    }
}
