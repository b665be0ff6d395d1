using System.Diagnostics;
using Rpd.Server.Chat.Tokens;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Chat.Tokens;

/// <summary>
/// The texts beside this file, with what o200k_base counts in them (npm's gpt-tokenizer). The tables of <c>TokenCosts</c> are means over both lists. With the means of the
/// first list alone the second came out within 3.4 % for English, 7.9 % for German and 4.9 % for programs. Japanese was adjusted with all five texts in sight;
/// the Japanese manuals of gnupg and vim, looked at afterwards, came out within 2.1 %, the German ones within 7.9 %.
/// </summary>
public sealed class TokenCountTests
{
    /// <summary>The first part of the calibration.</summary>
    public static TheoryData<string, int> Fitted { get; } = new()
    {
        { "english-1", 278 }, { "english-3", 276 }, { "english-5", 272 },
        { "german-1", 286 }, { "german-3", 282 }, { "german-5", 300 },
        { "japanese-1", 853 }, { "japanese-3", 704 }, { "japanese-5", 846 },
        { "code-csharp", 326 }, { "code-html", 484 }, { "code-javascript", 437 }, { "code-python", 366 }, { "code-sql", 343 },
    };

    /// <summary>Left out of its first round.</summary>
    public static TheoryData<string, int> HeldOut { get; } = new()
    {
        { "english-2", 266 }, { "english-4", 248 },
        { "german-2", 278 }, { "german-4", 288 },
        { "japanese-2", 825 }, { "japanese-4", 698 },
        { "code-bash", 385 }, { "code-go", 444 }, { "code-json", 480 }, { "code-rust", 453 }, { "code-typescript", 486 },
    };

    /// <summary>Where a tenth is not promised: other languages, and what is no language.</summary>
    public static TheoryData<string, int> Others { get; } = new()
    {
        { "french", 175 }, { "spanish", 156 }, { "russian", 182 }, { "arabic", 176 }, { "hindi", 177 }, { "chinese", 239 }, { "korean", 199 },
        { "emoji", 114 }, { "digits", 166 }, { "base64", 318 }, { "whitespace", 44 }, { "short-1", 8 }, { "short-2", 17 }, { "short-3", 14 }, { "short-4", 22 },
    };

    [Theory]
    [MemberData(nameof(Fitted))]
    [MemberData(nameof(HeldOut))]
    public void The_estimate_is_within_a_tenth_for_english_german_japanese_and_programs(string sample, int tokens)
    {
        var text = Sample(sample);

        Assert.InRange(text.Length, 1000, 2100);
        Assert.InRange(TokenCount.Estimate(text), tokens * 0.9, tokens * 1.1);
    }

    [Theory]
    [MemberData(nameof(Others))]
    public void The_estimate_is_near_for_everything_else(string sample, int tokens) => Assert.InRange(TokenCount.Estimate(Sample(sample)), tokens * 0.75, tokens * 1.25);

    [Fact]
    public void Over_all_samples_of_a_language_the_errors_nearly_cancel_out()
    {
        foreach (var language in new[] { "english", "german", "japanese", "code" })
        {
            var samples = Fitted.Concat(HeldOut).Select(row => row.Data).Where(row => row.Item1.StartsWith(language, StringComparison.Ordinal)).ToArray();
            var truth = samples.Sum(row => row.Item2);
            Assert.InRange(samples.Sum(row => TokenCount.Estimate(Sample(row.Item1))), truth * 0.96, truth * 1.04);
        }
    }

    [Fact]
    public void Nothing_is_no_token_and_anything_is_one()
    {
        Assert.Equal(0, TokenCount.Estimate(""));
        Assert.All(new[] { "a", " ", "\n", "7", "。", "é", "👍", "\uD83D", "\uDC4D", "\0", "\u200D" }, text => Assert.InRange(TokenCount.Estimate(text), 1, 3));
    }

    [Fact]
    public void A_text_twice_as_long_has_about_twice_as_many_tokens()
    {
        foreach (var (name, _) in HeldOut.Select(row => row.Data))
        {
            var text = Sample(name);
            Assert.InRange(TokenCount.Estimate(text + text), (TokenCount.Estimate(text) * 2) - 4, (TokenCount.Estimate(text) * 2) + 4);
        }
    }

    [Theory]
    [InlineData("a")]
    [InlineData(" ")]
    [InlineData("é")]
    [InlineData("字")]
    [InlineData("あ")]
    [InlineData("😀")]
    [InlineData("-*")]
    [InlineData("aB")]
    [InlineData("\u0301")]
    [InlineData("'s")]
    public void A_million_characters_of_anything_are_counted_in_linear_time_without_memory(string unit)
    {
        var text = string.Concat(Enumerable.Repeat(unit, 1_000_000 / unit.Length));
        TokenCount.Estimate(text);

        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();
        TokenCount.Estimate(text);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        // Milliseconds by themselves; anything that is not linear would need minutes.
        Assert.InRange(watch.ElapsedMilliseconds, 0, 5000);
    }

    [Theory]
    [MemberData(nameof(Fitted))]
    [MemberData(nameof(HeldOut))]
    [MemberData(nameof(Others))]
    public void Pieces_put_together_are_the_text_and_each_is_small(string sample, int tokens)
    {
        var text = Sample(sample);
        var pieces = TokenCount.Pieces(text).ToArray();

        Assert.Equal(text, string.Concat(pieces));
        Assert.InRange(pieces.Length, tokens / 3, tokens * 2);
        Assert.DoesNotContain(pieces, piece => piece.Length == 0 || char.IsLowSurrogate(piece[0]) || char.IsHighSurrogate(piece[^1]));
    }

    [Fact]
    public void Pieces_are_words_with_their_space_signs_and_single_characters()
    {
        Assert.Equal(["Hello", ",", " world", "!\n", "Don't", " parse", "HTTPHeader", "Name", " twice", ":", " ", "123", "45"], TokenCount.Pieces("Hello, world!\nDon't parseHTTPHeaderName twice: 12345"));
        Assert.Equal(["日", "本", "語", "で", "す", "。"], TokenCount.Pieces("日本語です。"));
    }

    [Fact]
    public void Broken_surrogates_are_handed_on_as_they_are()
    {
        var random = new Random(7);
        for (var i = 0; i < 200; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(40)).Select(_ => (char)random.Next(0xD7F0, 0xE010)));
            Assert.Equal(text, string.Concat(TokenCount.Pieces(text)));
        }
    }

    private static string Sample(string name) => Source.Read($"tests/Server.Tests/Chat/Tokens/samples/{name}.txt");
}
