using System.Collections.Frozen;
using System.Globalization;
using Rpd.Shared.Analysis;

namespace Rpd.Server.Analysis.Builtin;

/// <summary>
/// The mood of a text, from the words of opinion in it. A negation turns the next such word round, very and hardly move it, what follows "but" counts more
/// than what stands before it. One pass, without a model: irony and what only the context tells are not seen.
/// </summary>
internal static class MeasureSentiment
{
    private const int Reach = 3;
    private const double Negated = -0.7, Stronger = 1.4, Weaker = 0.6, BeforeBut = 0.75, AfterBut = 1.25, Shouted = 1.2;

    private static readonly FrozenDictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> Emoji =
        WordLists.ByKey("emoji").SelectMany(list => list.Select(sign => (sign, Score: int.Parse(list.Key, CultureInfo.InvariantCulture))))
            .ToFrozenDictionary(entry => entry.sign, entry => entry.Score).GetAlternateLookup<ReadOnlySpan<char>>();

    public static SentimentResult Run(string text, TextLanguage language)
    {
        var tokens = Tokens.Of(text, language.Elision);
        var words = Read(text, tokens, language);
        var (positive, negative, from) = (0.0, 0.0, 0);
        for (var i = 0; i <= words.Length; i++)
        {
            if (i < words.Length && !words[i].EndsSentence) continue;
            Add(words.AsSpan(from, Math.Min(i + 1, words.Length) - from), language.Code == "de", ref positive, ref negative);
            from = i + 1;
        }
        return Shares(positive, negative, tokens.Count);
    }

    private static Said[] Read(string text, List<Token> tokens, TextLanguage language)
    {
        var shouting = text.AsSpan().ContainsAnyInRange('a', 'z');
        var words = new Said[tokens.Count];
        Span<char> room = stackalloc char[LowerCase.LengthMax];
        for (var i = 0; i < words.Length; i++)
        {
            var token = tokens[i];
            var written = token.Of(text);
            if (token.Kind == TokenKind.Word)
            {
                var word = LowerCase.Of(written, room);
                double score = language.Opinions.ScoreOf(word);
                if (shouting && written.Length > 2 && !written.ContainsAnyInRange('a', 'z')) score *= Shouted;
                words[i] = new(score, language.Opinions.BearingOf(word), false, false);
            }
            else if (token.Kind == TokenKind.Sign)
                words[i] = new(Emoji.TryGetValue(written, out var mood) ? mood : 0, Bearing.None, written is "," or ";" or ":" or "(" or ")" or "–" or "—", written is "." or "!" or "?" or "…");
        }
        return words;
    }

    /// <summary>One sentence.</summary>
    private static void Add(ReadOnlySpan<Said> words, bool lateNegation, ref double positive, ref double negative)
    {
        var turn = -1;
        for (var i = words.Length - 1; i > 0 && turn < 0; i--)
            if (words[i].Bearing == Bearing.Turns) turn = i;
        var negated = false;
        for (var i = 0; i < words.Length; i++)
        {
            if (words[i].Score == 0) continue;
            var (factor, denied) = Before(words, i, negated);
            negated = denied || (lateNegation && DeniedLater(words, i));
            var value = words[i].Score * factor * (negated ? Negated : 1) * (turn < 0 ? 1 : i < turn ? BeforeBut : AfterBut);
            if (value > 0) positive += value;
            else negative -= value;
        }
    }

    /// <summary>What the few words before one make of it.</summary>
    /// <param name="previous">Whether the word of opinion before it was negated: "neither good nor cheap".</param>
    private static (double Factor, bool Negated) Before(ReadOnlySpan<Said> words, int at, bool previous)
    {
        var (factor, negated, joined) = (1.0, false, false);
        for (var i = at - 1; i >= 0 && i >= at - Reach && words[i] is { Ends: false, Bearing: not Bearing.Turns }; i--)
        {
            // Some words tell an opinion and strengthen another: super gut.
            if (words[i].Score != 0 && words[i].Bearing == Bearing.None) return (factor, negated || (joined && previous));
            switch (words[i].Bearing)
            {
                case Bearing.Negates: negated = true; break;
                case Bearing.Strengthens: factor *= Stronger; break;
                case Bearing.Weakens: factor *= Weaker; break;
                case Bearing.Joins: joined = true; break;
            }
        }
        return (factor, negated);
    }

    /// <summary>German denies at the end of the clause, "das gefällt mir nicht", unless that "nicht" belongs to a later word.</summary>
    private static bool DeniedLater(ReadOnlySpan<Said> words, int at)
    {
        var denied = false;
        for (var i = at + 1; i < words.Length && words[i] is { Ends: false, Bearing: not (Bearing.Turns or Bearing.Joins) }; i++)
        {
            if (words[i].Score != 0) return false;
            if (words[i].Bearing == Bearing.Negates) denied = true;
        }
        return denied;
    }

    /// <summary>Long texts with few words of opinion are neutral; two moods of like strength are mixed.</summary>
    private static SentimentResult Shares(double positive, double negative, int length)
    {
        var (less, more) = (Math.Min(positive, negative), Math.Max(positive, negative));
        var clear = more == 0 ? 0 : 1 - (less / (positive + negative));
        double[] parts = [positive * clear, negative * clear, 0.45 + (0.015 * length), more == 0 ? 0 : 2 * less * less / more];
        var sum = parts.Sum();
        var largest = Array.IndexOf(parts, parts.Max());
        return new(Names[largest], new(Round(parts[0] / sum), Round(parts[1] / sum), Round(parts[2] / sum), Round(parts[3] / sum)));
    }

    private static double Round(double share) => Math.Round(share, 6);

    private static readonly string[] Names = ["POSITIVE", "NEGATIVE", "NEUTRAL", "MIXED"];

    /// <param name="Ends">No negation reaches across it.</param>
    private readonly record struct Said(double Score, Bearing Bearing, bool EndsClause, bool EndsSentence)
    {
        public bool Ends => EndsClause || EndsSentence;
    }
}
