using System.Globalization;

namespace Rpd.Server.Prompts;

/// <summary>Reads a text as the numbers of the words the policy knows; 0 for every other. Articles are left out.</summary>
public sealed class PolicyText(Vocabulary vocabulary)
{
    private const int SpelledMax = 24;
    private const string Joining = ".-_*'’~/\\·•=#";

    public List<int> Read(string text)
    {
        var folded = Fold.Of(text);
        var parts = Parts(folded);
        var ids = new List<int>(parts.Count);
        for (var i = 0; i < parts.Count;)
        {
            if ((Joined(folded, parts, i) ?? Spelled(folded, parts, i)) is var (taken, word))
            {
                ids.Add(word);
                i += taken;
            }
            else Add(folded.AsSpan(parts[i].Start, parts[i++].Length), ids);
        }
        return ids;
    }

    private void Add(ReadOnlySpan<char> part, List<int> ids)
    {
        if (part is "a" or "an" or "the" or "of" or "to" or "my" or "your" or "some" or "any") return;
        var digits = 0;
        while (digits < part.Length && char.IsAsciiDigit(part[digits])) digits++;
        // 12yo is an age and a unit.
        if (digits is 1 or 2 && (digits == part.Length || part[digits] == 'y'))
        {
            ids.Add(int.Parse(part[..digits], CultureInfo.InvariantCulture) is > 0 and < 18 ? Vocabulary.MinorAge : Vocabulary.Unknown);
            part = part[digits..];
            if (part.IsEmpty) return;
        }
        ids.Add(vocabulary.Find(part));
    }

    /// <summary>Parts that only single signs hold apart: <c>po-rn</c>, <c>p*rn</c>. The longest word that begins here.</summary>
    private (int Parts, int Word)? Joined(string text, List<Part> parts, int first)
    {
        Span<char> letters = stackalloc char[Vocabulary.LengthMax];
        Span<int> ends = stackalloc int[SpelledMax];
        var (count, length) = (0, 0);
        while (count < SpelledMax && first + count < parts.Count && length + parts[first + count].Length <= letters.Length
            && (count == 0 || Joining.Contains(parts[first + count].Gap, StringComparison.Ordinal)))
        {
            var part = parts[first + count];
            text.AsSpan(part.Start, part.Length).CopyTo(letters[length..]);
            ends[count++] = length += part.Length;
        }
        if (count < 2) return null;
        var whole = text.AsSpan(parts[first].Start, parts[first + count - 1].Start + parts[first + count - 1].Length - parts[first].Start);
        var (plain, masked) = (vocabulary.MayBegin(letters[..length]), whole.ContainsAny('*', '#'));
        for (; count > 1 && (plain || masked); count--)
        {
            var found = plain ? vocabulary.Find(letters[..ends[count - 1]]) : Vocabulary.Unknown;
            if (found == Vocabulary.Unknown && masked) found = vocabulary.FindMasked(whole[..(parts[first + count - 1].Start + parts[first + count - 1].Length - parts[first].Start)]);
            if (found != Vocabulary.Unknown) return (count, found);
        }
        return null;
    }

    /// <summary>Letters one by one with the same sign or space between: <c>p o r n</c>. The longest word that begins here.</summary>
    private (int Parts, int Word)? Spelled(string text, List<Part> parts, int first)
    {
        if (parts[first].Length != 1 || first + 2 >= parts.Count) return null;
        var gap = parts[first + 1].Gap;
        Span<char> letters = stackalloc char[SpelledMax];
        letters[0] = text[parts[first].Start];
        var count = 1;
        while (gap != '\0' && count < SpelledMax && first + count < parts.Count && parts[first + count] is { Length: 1 } next && next.Gap == gap) letters[count++] = text[next.Start];
        if (!vocabulary.MayBegin(letters[..count])) return null;
        for (; count >= 3; count--)
            if (vocabulary.Find(letters[..count]) is not Vocabulary.Unknown and var word) return (count, word);
        return null;
    }

    private static List<Part> Parts(string text)
    {
        var parts = new List<Part>(text.Length / 5);
        var gapAt = 0;
        for (var i = 0; i < text.Length;)
        {
            if (!Belongs(text[i]))
            {
                i++;
                continue;
            }
            var start = i++;
            if (!Fold.StandsAlone(text[start]))
                while (i < text.Length && Belongs(text[i]) && !Fold.StandsAlone(text[i])) i++;
            // The one sign in between; a space for any single white space, tab for everything longer, nothing for nothing.
            var between = start - gapAt;
            parts.Add(new(start, i - start, between == 0 ? '\0' : between > 1 ? '\t' : char.IsWhiteSpace(text[gapAt]) ? ' ' : text[gapAt]));
            gapAt = i;
        }
        return parts;
    }

    private static bool Belongs(char letter) => char.IsLetterOrDigit(letter) || letter is '@' or '$' or '!' or '|' or '€';

    private readonly record struct Part(int Start, int Length, char Gap);
}
