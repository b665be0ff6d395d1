using System.Globalization;
using System.Numerics;
using System.Text;
using System.Text.RegularExpressions;

namespace Rpd.Server.Chat.Assistant.Skills;

/// <summary>How people write numbers, and how they are written back.</summary>
internal static partial class Numbers
{
    /// <summary>A number with or without separators; a sign is not part of it.</summary>
    public const string Pattern = @"(?:\d{1,3}(?:[,.'’_ \u00A0\u202F]\d{3})+(?:[.,]\d+)?(?![\d])|\d+(?:[.,]\d+)?|[.,]\d+)";

    private const int DigitsShown = 20, DigitsMax = 400;

    /// <summary>
    /// The last of two different separators is the point. One that stands before three digits is a separator of thousands, as in 1,234; a lone point never is.
    /// </summary>
    public static Fraction Read(string written)
    {
        var text = Gaps().Replace(written, "");
        int comma = text.LastIndexOf(','), point = text.LastIndexOf('.');
        if (comma >= 0 && point >= 0)
            text = comma > point ? text.Replace(".", "", StringComparison.Ordinal).Replace(',', '.') : text.Replace(",", "", StringComparison.Ordinal);
        else if (comma >= 0)
            text = Thousands().IsMatch(text) ? text.Replace(",", "", StringComparison.Ordinal) : text.Replace(',', '.');
        else if (text.Count(c => c == '.') > 1)
            text = text.Replace(".", "", StringComparison.Ordinal);
        return Fraction.Parse(text);
    }

    /// <summary>With its sign before it: <c>= 0.125</c>, or <c>≈ 0.33333333333333333333</c> where not all digits are shown.</summary>
    public static string Result(Fraction value, int digits = DigitsShown)
    {
        var text = Write(value, digits, out var exact);
        return (exact ? "= " : "≈ ") + text;
    }

    public static string Write(Fraction value) => Write(value, DigitsShown, out _);

    /// <param name="digits">So many that count are shown of what has no end.</param>
    public static string Write(Fraction value, int digits, out bool exact)
    {
        var sign = value.Top.Sign < 0 ? "−" : "";
        var top = BigInteger.Abs(value.Top);
        var places = Places(value.Below);
        var whole = BigInteger.DivRem(top, value.Below, out var rest);
        var length = whole.IsZero ? 0 : whole.ToString(CultureInfo.InvariantCulture).Length;
        exact = rest.IsZero ? length <= DigitsMax : places >= 0 && places + length <= digits;
        if (!exact)
        {
            if (length > digits) return sign + Scientific(whole, length, digits);
            // Zeros before the first digit do not count.
            places = digits - length;
            if (whole.IsZero) places += Math.Max(0, value.Below.ToString(CultureInfo.InvariantCulture).Length - top.ToString(CultureInfo.InvariantCulture).Length - 1);
        }
        if (rest.IsZero) return sign + Grouped(whole);
        var scale = BigInteger.Pow(10, places);
        var (scaled, left) = BigInteger.DivRem(top * scale, value.Below);
        if (left * 2 >= value.Below) scaled++;
        var (before, after) = BigInteger.DivRem(scaled, scale);
        var tail = after.ToString(CultureInfo.InvariantCulture).PadLeft(places, '0').TrimEnd('0');
        return sign + Grouped(before) + (tail.Length > 0 ? "." + tail : "");
    }

    /// <summary>Digits behind the point; −1 when there is no end to them.</summary>
    private static int Places(BigInteger below)
    {
        int twos = 0, fives = 0;
        for (; below.IsEven; below >>= 1) twos++;
        for (; (below % 5).IsZero; below /= 5) fives++;
        return below.IsOne ? Math.Max(twos, fives) : -1;
    }

    private static string Scientific(BigInteger whole, int length, int digits)
    {
        var text = whole.ToString(CultureInfo.InvariantCulture);
        return $"{text[0]}.{text[1..digits]} × 10^{length - 1}";
    }

    private static string Grouped(BigInteger whole)
    {
        var text = new StringBuilder(whole.ToString(CultureInfo.InvariantCulture));
        for (var at = text.Length - 3; at > 0; at -= 3) text.Insert(at, ',');
        return text.ToString();
    }

    [GeneratedRegex(@"[\s'’_\u00A0\u202F]")]
    private static partial Regex Gaps();

    [GeneratedRegex(@"^\d{1,3}(,\d{3})+$")]
    private static partial Regex Thousands();
}
