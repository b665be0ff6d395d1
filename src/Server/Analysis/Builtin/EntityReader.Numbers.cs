namespace Rpd.Server.Analysis.Builtin;

/// <summary>Dates, times, sums of money and measures.</summary>
internal sealed partial class EntityReader
{
    private const string CurrencySigns = "$€£¥₹₩￥", DateSigns = "年月日號号년월일時时分", MoneySigns = "円元圆圓원";

    /// <summary>Numbers with a month, written dates and times, years, weekdays, and what is next or was last.</summary>
    public Entity? Date(int at) => tokens[at].Kind switch
    {
        TokenKind.Number => Numbered(at),
        TokenKind.Word => Worded(at),
        _ => null,
    };

    /// <summary>A number with a currency, a unit or a percent sign.</summary>
    public Entity? Quantity(int at)
    {
        if (IsSign(at, CurrencySigns) && at + 1 < tokens.Count && tokens[at + 1].Kind == TokenKind.Number)
        {
            var next = at + 2;
            // $3 million
            if (next < tokens.Count && Gazetteer.IsUnit(Lower(next))) next++;
            return new(QuantityType, 0.97, tokens[at].Start, tokens[next - 1].End, next);
        }
        if (tokens[at].Kind != TokenKind.Number) return null;
        if (IsSign(at + 1, "%‰°" + CurrencySigns)) return new(QuantityType, 0.97, tokens[at].Start, tokens[at + 1].End, at + 2);
        var last = at;
        while (last + 1 < tokens.Count && last - at < 3 && tokens[last + 1].Kind == TokenKind.Word && (Gazetteer.IsUnit(Lower(last + 1)) || Gazetteer.IsMoney(Lower(last + 1)))) last++;
        if (last > at) return new(QuantityType, 0.95, tokens[at].Start, tokens[last].End, last + 1);
        return Marked(at, MoneySigns) is { } end ? new(QuantityType, 0.9, tokens[at].Start, end, After(at, end)) : null;
    }

    private Entity? Numbered(int at)
    {
        var number = tokens[at].Of(text);
        if (Marked(at, DateSigns) is { } end) return new(DateType, 0.9, tokens[at].Start, end, After(at, end));
        if (number.ContainsAny('-', '/') || number.Count('.') == 2 || number.Contains(':')) return Separated(number) ? new(DateType, 0.95, tokens[at].Start, tokens[at].End, at + 1) : null;
        if (Whole(at, 1, 31))
        {
            // 5. März, 5 de mayo, 5th May
            var month = at + 1;
            if (IsSign(month, ".")) month++;
            if (month < tokens.Count && Lower(month) is "de" or "of" or "st" or "nd" or "rd" or "th") month++;
            if (month < tokens.Count && Gazetteer.IsMonth(Lower(month))) return WithYear(at, month + 1);
        }
        return Whole(at, 1900, 2099) ? new(DateType, 0.8, tokens[at].Start, tokens[at].End, at + 1) : null;
    }

    private Entity? Worded(int at)
    {
        var word = Lower(at);
        if (Gazetteer.IsNext(word) && at + 1 < tokens.Count && (Gazetteer.IsSpan(Lower(at + 1)) || Gazetteer.IsDay(Lower(at + 1)) || Gazetteer.IsMonth(Lower(at + 1)))) return new(DateType, 0.95, tokens[at].Start, tokens[at + 1].End, at + 2);
        // "May" and "März" are months when they are written so; "march" and "mars" are other words.
        if (Gazetteer.IsMonth(word) && char.IsUpper(text[tokens[at].Start]) | known?.Code is "fr" or "es" or "it" or "pt" && (Whole(at + 1, 1, 31) || Whole(at + 1, 1900, 2099) || word.Length > 4))
        {
            if (!Whole(at + 1, 1, 31)) return WithYear(at, at + 1);
            var next = at + 2;
            if (next < tokens.Count && Lower(next) is "st" or "nd" or "rd" or "th") next++;
            return WithYear(at, next);
        }
        return Gazetteer.IsDay(word) ? new(DateType, 0.9, tokens[at].Start, tokens[at].End, at + 1) : null;
    }

    /// <summary>A date that is written down to the token before <paramref name="next"/>, with the year that may follow.</summary>
    private Entity WithYear(int at, int next)
    {
        var year = IsSign(next, ",") || (next < tokens.Count && Lower(next) is "de" or "del" or "of") ? next + 1 : next;
        if (Whole(year, 1000, 2999)) next = year + 1;
        return new(DateType, 0.98, tokens[at].Start, tokens[next - 1].End, next);
    }

    /// <summary>Year, month and day in any order, or hours and minutes; each a number that can be one.</summary>
    private static bool Separated(ReadOnlySpan<char> number)
    {
        var parts = 0;
        foreach (var part in number.SplitAny('-', '/', '.', ':'))
        {
            parts++;
            if (!int.TryParse(number[part], out var value) || value > 2999 || (value > 59 && (value < 1000 || number.Contains(':')))) return false;
        }
        return parts is 2 && (number.Contains(':') || number.Contains('/')) || parts is 3;
    }

    /// <summary>A number that a character of Chinese, Japanese or Korean turns into a date or a sum, with the numbers that go on: 2024年3月5日.</summary>
    private int? Marked(int at, string signs)
    {
        var end = tokens[at].End;
        int? marked = null;
        while (end < text.Length && (char.IsDigit(text[end]) || signs.Contains(text[end], StringComparison.Ordinal)))
        {
            if (!char.IsDigit(text[end])) marked = end + 1;
            end++;
        }
        return marked;
    }
}
