using System.Globalization;
using System.Numerics;
using Rpd.Server.Chat.Assistant.Skills;

namespace Rpd.Server.Tests.Chat.Assistant;

public sealed class ArithmeticTests
{
    [Theory]
    [InlineData("2+2", "2 + 2 = **4**")]
    [InlineData("What is 15 % of 80?", "15 % of 80 = **12**")]
    [InlineData("0.1 + 0.2", "0.1 + 0.2 = **0.3**")]
    [InlineData("Please calculate (2 + 3) × 4 ÷ 5 =", "(2 + 3) × 4 ÷ 5 = **4**")]
    [InlineData("1/3", "1 ÷ 3 ≈ **0.33333333333333333333**")]
    [InlineData("2/3", "2 ÷ 3 ≈ **0.66666666666666666667**")]
    [InlineData("1/8192", "1 ÷ 8192 = **0.0001220703125**")]
    [InlineData("-2^2", "-2 ^ 2 = **−4**")]
    [InlineData("2^3^2", "2 ^ 3 ^ 2 = **512**")]
    [InlineData("2^-2", "2 ^ -2 = **0.25**")]
    [InlineData("1,234,567.89 + 1", "1,234,567.89 + 1 = **1,234,568.89**")]
    [InlineData("1.234,56 + 1", "1.234,56 + 1 = **1,235.56**")]
    [InlineData("3,5 * 2", "3,5 × 2 = **7**")]
    [InlineData("200 + 10%", "200 + 10% = **220**")]
    [InlineData("100 - 25 percent", "100 − 25% = **75**")]
    [InlineData("10 % 3", "10 % 3 = **1**")]
    [InlineData("7 divided by 8", "7 ÷ 8 = **0.875**")]
    [InlineData("12 times 12", "12 × 12 = **144**")]
    [InlineData("What is 5 squared?", "5 ^ 2 = **25**")]
    [InlineData("Was ist 15 % von 80?", "15 % of 80 = **12**")]
    [InlineData("99999999999999999999 * 99999999999999999999", "99999999999999999999 × 99999999999999999999 = **9,999,999,999,999,999,999,800,000,000,000,000,000,001**")]
    public void Sums_are_worked_out_exactly(string message, string answer) => Assert.Equal(answer, Arithmetic.Answer(message));

    [Theory]
    [InlineData("1 / 0", "divides by zero")]
    [InlineData("0^-1", "divides by zero")]
    [InlineData("5 % 0", "divides by zero")]
    [InlineData("9^9^9", "too large")]
    [InlineData("2^99999999999", "too large")]
    [InlineData("2 +", "missing at its end")]
    [InlineData("((2+3)", "not closed")]
    [InlineData("2+3)", "too many")]
    [InlineData("2 3 + 1", "stands no sign")]
    [InlineData("4 * / 2", "missing between")]
    [InlineData("2^0.5", "whole exponents")]
    public void What_has_no_result_says_why(string message, string reason) => Assert.Contains(reason, Arithmetic.Answer(message), StringComparison.Ordinal);

    [Theory]
    [InlineData("How do I create an API key?")]
    [InlineData("What is the rate limit of the free plan?")]
    [InlineData("2026-03-01")]
    [InlineData("Is there 24/7 support?")]
    [InlineData("studio-sketch")]
    [InlineData("42")]
    [InlineData("what is 5 km in miles")]
    public void Anything_else_is_no_sum(string message) => Assert.Null(Arithmetic.Answer(message));

    [Fact]
    public void Brackets_and_signs_without_end_are_refused_instead_of_filling_the_stack()
    {
        Assert.Contains("inside each other", Arithmetic.Answer(new string('(', 200) + "1" + new string(')', 200)), StringComparison.Ordinal);
        Assert.Contains("inside each other", Arithmetic.Answer(string.Join('^', Enumerable.Repeat("1", 100))), StringComparison.Ordinal);
        Assert.Null(Arithmetic.Answer(string.Join('+', Enumerable.Repeat("1", 50_000))));
    }

    [Fact]
    public void Random_sums_come_out_as_decimals_have_them()
    {
        var random = new Random(11);
        for (var i = 0; i < 2000; i++)
        {
            decimal a = random.Next(-9999, 9999) / 100m, b = random.Next(-9999, 9999) / 10m, c = random.Next(1, 64);
            var text = string.Create(CultureInfo.InvariantCulture, $"({a}) + ({b}) * {c} - ({a} - {b}) / 8");
            Assert.Equal(a + (b * c) - ((a - b) / 8), Decimal(Sum.Of(text)));
        }
    }

    [Fact]
    public void The_laws_of_arithmetic_hold_for_any_fractions()
    {
        var random = new Random(12);
        for (var i = 0; i < 500; i++)
        {
            Fraction a = Any(), b = Any(), c = Any();
            Assert.Equal(a + b, b + a);
            Assert.Equal((a + b) * c, (a * c) + (b * c));
            Assert.Equal(a, a - b + b);
            if (!b.Zero) Assert.Equal(a, a / b * b);
            if (!b.Zero) Assert.Equal(a, (a % b) + (Fraction.Of(BigInteger.Divide((a / b).Top, (a / b).Below)) * b));
        }

        Fraction Any() => Fraction.Of(random.Next(-500, 500)) / Fraction.Of(random.Next(1, 500));
    }

    [Fact]
    public void Any_rubbish_has_an_answer_or_none_and_never_throws()
    {
        var random = new Random(13);
        const string signs = "0123456789.,+-*/^%() of'";
        for (var i = 0; i < 5000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 24)).Select(_ => signs[random.Next(signs.Length)]));
            _ = Arithmetic.Answer(text);
        }
    }

    [Theory]
    [InlineData("1,000", "1000")]
    [InlineData("1.000", "1")]
    [InlineData("1,5", "1.5")]
    [InlineData("1,234.5", "1234.5")]
    [InlineData("1.234.567", "1234567")]
    [InlineData("1 000 000", "1000000")]
    [InlineData("1'234.5", "1234.5")]
    public void Numbers_are_read_as_people_write_them(string written, string plain) => Assert.Equal(Fraction.Parse(plain), Numbers.Read(written));

    private static decimal Decimal(Fraction value) => (decimal)value.Top / (decimal)value.Below;
}
