using System.Diagnostics;
using Rpd.Server.Analysis.Builtin;

namespace Rpd.Server.Tests.Analysis;

public sealed class MeasureSentimentTests
{
    [Theory]
    [InlineData("en", "NEGATIVE", "I don't like old cabin cruisers.")]
    [InlineData("en", "POSITIVE", "I love this phone, the camera is fantastic!")]
    [InlineData("en", "NEUTRAL", "The meeting takes place on Tuesday at ten in room four.")]
    [InlineData("en", "MIXED", "The room was beautiful but the staff was rude.")]
    [InlineData("en", "POSITIVE", "Not bad at all, I would recommend it.")]
    [InlineData("en", "NEGATIVE", "This is not a good product.")]
    [InlineData("en", "NEGATIVE", "Neither helpful nor friendly.")]
    [InlineData("en", "POSITIVE", "No problems with delivery, everything arrived on time and works perfectly.")]
    [InlineData("en", "NEGATIVE", "I hated every minute of it.")]
    [InlineData("en", "NEGATIVE", "What a waste of time 😡")]
    [InlineData("en", "POSITIVE", "😍😍😍")]
    [InlineData("en", "NEUTRAL", "…")]
    [InlineData("de", "POSITIVE", "Ich liebe dieses Telefon, die Kamera ist fantastisch!")]
    [InlineData("de", "NEGATIVE", "Das gefällt mir nicht.")]
    [InlineData("de", "POSITIVE", "Der Film ist gut und nicht langweilig.")]
    [InlineData("de", "POSITIVE", "Gar nicht schlecht, ich kann es empfehlen.")]
    [InlineData("de", "NEGATIVE", "Ich kann dieses Hotel nicht empfehlen.")]
    [InlineData("de", "MIXED", "Das Zimmer war wunderschön, aber das Personal war sehr unhöflich.")]
    [InlineData("de", "NEUTRAL", "Der Zug fährt um 7:30 Uhr ab und kommt mittags in Berlin an.")]
    [InlineData("fr", "NEGATIVE", "Je n'aime pas ce film, il est ennuyeux.")]
    [InlineData("fr", "POSITIVE", "J’adore ce restaurant, les plats sont délicieux.")]
    [InlineData("es", "NEGATIVE", "No me gusta nada este producto.")]
    [InlineData("es", "POSITIVE", "Me encanta este hotel, el personal es muy amable.")]
    [InlineData("it", "NEGATIVE", "Non mi piace questo film, è noioso.")]
    [InlineData("it", "POSITIVE", "Adoro questo ristorante, i piatti sono deliziosi.")]
    [InlineData("pt", "NEGATIVE", "Não gosto deste produto.")]
    [InlineData("pt", "POSITIVE", "Adorei este hotel, os funcionários são muito simpáticos.")]
    public void The_mood_of_plain_sentences_is_told(string language, string mood, string text)
    {
        var result = MeasureSentiment.Run(text, TextLanguage.All[language]);

        Assert.Equal(mood, result.Sentiment);
        Assert.Equal(1, result.SentimentScore.Positive + result.SentimentScore.Negative + result.SentimentScore.Neutral + result.SentimentScore.Mixed, 5);
    }

    [Theory]
    [InlineData("good", "very good")]
    [InlineData("fairly good", "good")]
    [InlineData("good", "excellent")]
    [InlineData("this is good", "THIS is GOOD")]
    [InlineData("It was good but it was slow", "It was slow but it was good")]
    public void Words_beside_an_opinion_make_it_weaker_or_stronger(string weaker, string stronger) =>
        Assert.True(Positive(weaker) < Positive(stronger), $"{Positive(weaker)} {Positive(stronger)}");

    [Fact]
    public void A_negation_turns_the_next_opinion_and_not_what_stands_behind_a_comma()
    {
        Assert.True(Positive("No, it was great") > 0.5);
        Assert.True(Positive("It was not great") < 0.1);
    }

    [Fact]
    public void Letters_that_are_written_as_two_characters_are_the_same_letters() =>
        Assert.Equal(MeasureSentiment.Run("schön", TextLanguage.All["de"]), MeasureSentiment.Run("scho\u0308n", TextLanguage.All["de"]));

    /// <summary>A text that is made to be slow: no rule may look back over all of it.</summary>
    [Theory]
    [InlineData("not ")]
    [InlineData("nicht gut ")]
    [InlineData("a.")]
    [InlineData("@.")]
    [InlineData("'")]
    [InlineData("http://")]
    [InlineData("New York ")]
    [InlineData("Dr. ")]
    [InlineData("1.")]
    [InlineData("a;")]
    [InlineData("AB ")]
    [InlineData("東京")]
    [InlineData("1年")]
    public void No_text_of_full_length_takes_long(string part)
    {
        var text = string.Concat(Enumerable.Repeat(part, 8_000 / part.Length));
        foreach (var language in TextLanguage.All.Values) Run(text, language);
        var begun = Stopwatch.GetTimestamp();
        foreach (var language in TextLanguage.All.Values) Run(text, language);

        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(3), $"{Stopwatch.GetElapsedTime(begun)}");

        static void Run(string text, TextLanguage language)
        {
            DetectLanguage.Run(text);
            MeasureSentiment.Run(text, language);
            FindKeyPhrases.Run(text, language);
            FindEntities.Run(text, language.Code);
        }
    }

    [Fact]
    public void The_lists_hold_no_word_twice_and_no_word_that_cannot_be_found()
    {
        foreach (var language in TextLanguage.All.Values)
        {
            Assert.Empty(language.Opinions.Words.GroupBy(word => word).Where(same => same.Count() > 1).Select(same => $"{language.Code}: {same.Key}"));
            Assert.Empty(language.Opinions.Words.Where(word => word != word.ToLowerInvariant() || Tokens.Of(word, language.Elision).Count != 1).Select(word => $"{language.Code}: {word}"));
        }
    }

    private static double Positive(string text) => MeasureSentiment.Run(text, TextLanguage.All["en"]).SentimentScore.Positive;
}
