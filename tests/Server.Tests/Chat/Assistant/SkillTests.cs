using Rpd.Server.Chat.Assistant.Skills;

namespace Rpd.Server.Tests.Chat.Assistant;

public sealed class SkillTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 29, 23, 30, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("5 km in miles", "5 kilometres ≈ **3.106855961 miles**")]
    [InlineData("Convert 1 mile to km", "1 miles = **1.609344 kilometres**")]
    [InlineData("how many feet are in 3 metres?", "3 metres ≈ **9.842519685 feet**")]
    [InlineData("100 °F to °C", "100 °F ≈ **37.77777778 °C**")]
    [InlineData("-40 f in c", "−40 °F = **−40 °C**")]
    [InlineData("0 celsius to kelvin", "0 °C = **273.15 kelvin**")]
    [InlineData("what is 2.5 GB in MiB?", "2.5 GB ≈ **2,384.185791 MiB**")]
    [InlineData("1 GiB in bytes", "1 GiB = **1,073,741,824 bytes**")]
    [InlineData("60 mph in km/h", "60 miles per hour = **96.56064 kilometres per hour**")]
    [InlineData("1,000 grams in kg", "1,000 grams = **1 kilograms**")]
    [InlineData("2 hectares in square metres", "2 hectares = **20,000 square metres**")]
    [InlineData("3 litres to millilitres", "3 litres = **3,000 millilitres**")]
    [InlineData("how many seconds are in a day", "1 days = **86,400 seconds**")]
    public void Units_are_converted_exactly_or_rounded_and_said_so(string message, string answer) => Assert.Equal(answer, Conversions.Answer(message, []));

    [Fact]
    public void A_short_question_afterwards_takes_its_quantity_from_what_was_said_before()
    {
        Assert.Equal("5 kilometres ≈ **16,404.19948 feet**", Conversions.Answer("and in feet?", ["what is 5 km in miles?", "1 kg in lb"]));
        Assert.Null(Conversions.Answer("and in feet?", ["How do I create a key?"]));
        Assert.Null(Conversions.Answer("in German?", ["5 km in miles"]));
    }

    [Fact]
    public void What_cannot_be_converted_says_why()
    {
        Assert.Equal("Kilograms measure mass and metres length: one cannot be turned into the other.", Conversions.Answer("3 kg in metres", []));
        Assert.Equal("Nothing is that cold: absolute zero is −273.15 °C.", Conversions.Answer("-500 c to f", []));
    }

    [Theory]
    [InlineData("Which models make video?")]
    [InlineData("How do I sign in?")]
    [InlineData("5 people in Berlin")]
    public void Words_that_are_no_units_are_left_alone(string message) => Assert.Null(Conversions.Answer(message, []));

    [Theory]
    [InlineData("What day is 90 days after 2026-03-01?", "90 days after 1 March 2026 is **Saturday, 30 May 2026** (2026-05-30).")]
    [InlineData("2 weeks before March 1, 2026", "2 weeks before 1 March 2026 is **Sunday, 15 February 2026** (2026-02-15).")]
    [InlineData("1 month after 31 January 2028", "1 month after 31 January 2028 is **Tuesday, 29 February 2028** (2028-02-29).")]
    [InlineData("How many days between 2026-01-01 and 2026-12-31?", "Between 1 January 2026 and 31 December 2026 lie **364 days**, 52 weeks (the last day counted, the first not).")]
    [InlineData("how many days until December 24, 2026", "Between 29 November 2026 and 24 December 2026 lie **25 days**, 3 weeks and 4 days (the last day counted, the first not).")]
    [InlineData("wie viele Tage zwischen 1. Januar 2026 und 01.02.2026", "Between 1 January 2026 and 1 February 2026 lie **31 days**, 4 weeks and 3 days (the last day counted, the first not).")]
    [InlineData("what weekday was 9 November 1989?", "9 November 1989 was a **Thursday**.")]
    [InlineData("What is today's date?", "Today is **Sunday, 29 November 2026** (UTC).")]
    [InlineData("what day is it 3 weeks from now", "3 weeks after 29 November 2026 is **Sunday, 20 December 2026** (2026-12-20).")]
    [InlineData("What day is 3 days after 2026-02-30?", "There is no 30 February 2026.")]
    [InlineData("10 days after 03/01/2026", "With slashes it is not clear which number is the month. Please write the date as 2026-03-01.")]
    [InlineData("900000000 days after today", "That leads out of the calendar: I know the years from 1 to 9999.")]
    [InlineData("3000 years before 2026-01-01", "That leads out of the calendar: I know the years from 1 to 9999.")]
    public void Dates_are_counted_by_the_calendar(string message, string answer) => Assert.Equal(answer, DateQuestions.Answer(message, Now));

    [Theory]
    [InlineData("How long are links valid?")]
    [InlineData("When did the Roman empire fall?")]
    [InlineData("How many days are events kept?")]
    public void Other_questions_about_time_are_left_alone(string message) => Assert.Null(DateQuestions.Answer(message, Now));

    [Fact]
    public void A_quoted_text_is_counted()
    {
        var table = TextStatistics.Answer("How many words are in \"The quick brown fox. It doesn't jump!\"?")!;

        Assert.Contains("| Words | 7 |", table, StringComparison.Ordinal);
        Assert.Contains("| Characters | 37 |", table, StringComparison.Ordinal);
        Assert.Contains("| Sentences | 2 |", table, StringComparison.Ordinal);
        Assert.Contains("| Tokens | about 9 |", table, StringComparison.Ordinal);
        Assert.Contains("| Reading time | about 2 s |", table, StringComparison.Ordinal);
    }

    [Fact]
    public void A_fenced_text_and_one_after_a_colon_are_counted_too()
    {
        Assert.Contains("| Words | 3 |", TextStatistics.Answer("How many tokens has\n```js\nconst a = 1;\n```"), StringComparison.Ordinal);
        Assert.Contains("| Words | 2 |", TextStatistics.Answer("count the characters: hello world"), StringComparison.Ordinal);
        Assert.Contains("| Words | 4 |", TextStatistics.Answer("Wie viele Zeichen hat das?\n日本は😀 x"), StringComparison.Ordinal);
        Assert.Contains("| Words | 0 |", TextStatistics.Answer("How many words has \"\"?"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("How many tokens a minute does the free plan have?")]
    [InlineData("How many tokens are allowed? Answer: short")]
    [InlineData("Explain \"idempotency\"")]
    public void A_question_about_something_else_is_not_counted(string message) => Assert.Null(TextStatistics.Answer(message));
}
