using System.Numerics;
using System.Text.RegularExpressions;

namespace Rpd.Server.Chat.Assistant.Skills;

/// <summary>A sum that cannot be read; <see cref="Exception.Message"/> says to people what is wrong.</summary>
internal sealed class UnreadableSumException(string message) : Exception(message);

/// <summary>
/// Works a sum out: + − × ÷ ^ %, brackets, <c>of</c>. Powers go before signs and from right to left, as in mathematics. A percentage that is added is one of what
/// it is added to, as on a pocket calculator.
/// </summary>
internal sealed partial class Sum
{
    private const int DepthMax = 50;
    private readonly List<string> marks;
    private int at, depth;

    private Sum(List<string> marks) => this.marks = marks;

    /// <exception cref="UnreadableSumException">It is no sum.</exception>
    /// <exception cref="DivideByZeroException"/>
    /// <exception cref="OverflowException"/>
    public static Fraction Of(string text)
    {
        var sum = new Sum([.. Marks().Matches(text).Select(match => match.Value)]);
        var value = sum.Terms();
        if (sum.at < sum.marks.Count) throw new UnreadableSumException(sum.Next == ")" ? "There is a closing bracket too many." : "Between two of its numbers stands no sign.");
        return value;
    }

    private string? Next => at < marks.Count ? marks[at] : null;

    private Fraction Terms()
    {
        if (++depth > DepthMax) throw new UnreadableSumException($"It has more than {DepthMax} brackets or signs inside each other.");
        var value = Factors(out _);
        while (Next is "+" or "-")
        {
            var minus = marks[at++] == "-";
            var right = Factors(out var percentage);
            if (percentage) right *= value;
            value = minus ? value - right : value + right;
        }
        depth--;
        return value;
    }

    /// <param name="percentage">Whether it is a percentage and nothing else.</param>
    private Fraction Factors(out bool percentage)
    {
        var value = Signed(out percentage);
        while (Next is "*" or "/" or "%" or "of")
        {
            var mark = marks[at++];
            var right = Signed(out _);
            percentage = false;
            value = mark switch { "/" => value / right, "%" => value % right, _ => value * right };
        }
        return value;
    }

    private Fraction Signed(out bool percentage)
    {
        var minus = false;
        while (Next is "+" or "-") minus ^= marks[at++] == "-";
        var value = Power();
        percentage = Next == "%" && (at + 1 == marks.Count || marks[at + 1] is "+" or "-" or "*" or "/" or ")" or "of" or "^");
        if (percentage)
        {
            at++;
            value /= Fraction.Of(100);
        }
        return minus ? -value : value;
    }

    private Fraction Power()
    {
        var value = Single();
        if (Next != "^") return value;
        at++;
        if (++depth > DepthMax) throw new UnreadableSumException($"It has more than {DepthMax} brackets or signs inside each other.");
        var minus = false;
        while (Next is "+" or "-") minus ^= marks[at++] == "-";
        var exponent = Power();
        depth--;
        if (!exponent.Whole) throw new UnreadableSumException("I take powers with whole exponents only.");
        return value.Power(minus ? -exponent.Top : exponent.Top);
    }

    private Fraction Single()
    {
        switch (Next)
        {
            case null: throw new UnreadableSumException("Something is missing at its end.");
            case "(":
                at++;
                var value = Terms();
                if (Next != ")") throw new UnreadableSumException("A bracket is not closed.");
                at++;
                return value;
            case var mark when char.IsAsciiDigit(mark[0]) || (mark.Length > 1 && mark[0] is '.' or ','):
                at++;
                return Numbers.Read(mark);
            default: throw new UnreadableSumException("A number is missing between two signs.");
        }
    }

    [GeneratedRegex(Numbers.Pattern + @"|of|\S")]
    private static partial Regex Marks();
}
