using Rpd.Server.Analysis.Builtin;

namespace Rpd.Server.Tests.Analysis;

public sealed class FindEntitiesTests
{
    [Theory]
    [InlineData("en", "Next summer I want to visit Barcelona and Lion.", "DATE Next summer 0 11, LOCATION Barcelona 28 37, OTHER Lion 42 46")]
    [InlineData("en", "Dr. Angela Weber of Siemens AG paid $3.5 million on March 5, 2024 in Munich.",
        "PERSON Angela Weber 4 16, ORGANIZATION Siemens AG 20 30, QUANTITY $3.5 million 36 48, DATE March 5, 2024 52 65, LOCATION Munich 69 75")]
    [InlineData("en", "Mail ada@example.org or see https://example.com/a?b=1, please. 50% off until 31.12.2025!",
        "OTHER ada@example.org 5 20, OTHER https://example.com/a?b=1 28 53, QUANTITY 50% 63 66, DATE 31.12.2025 77 87")]
    [InlineData("en", "I met Maria yesterday at 14:30. NASA was there. Nice place in Nice.",
        "PERSON Maria 6 11, DATE yesterday 12 21, DATE 14:30 25 30, ORGANIZATION NASA 32 36, LOCATION Nice 62 66")]
    [InlineData("de", "Am 5. März 2024 reiste Herr Müller mit Anna Schmidt nach München, es waren 30 Grad und 20 km.",
        "DATE 5. März 2024 3 15, PERSON Müller 28 34, PERSON Anna Schmidt 39 51, LOCATION München 57 64, QUANTITY 30 Grad 75 82, QUANTITY 20 km 87 92")]
    [InlineData("fr", "Le 14 juillet, Jean Dupont est allé à Genève avec 20 euros.", "DATE 14 juillet 3 13, PERSON Jean Dupont 15 26, LOCATION Genève 38 44, QUANTITY 20 euros 50 58")]
    [InlineData("ja", "2024年3月5日、東京で3000円を払った。", "DATE 2024年3月5日 0 9, LOCATION 東京 10 12, QUANTITY 3000円 13 18")]
    [InlineData("ja", "東京と大阪", "LOCATION 東京 0 2, LOCATION 大阪 3 5")]
    [InlineData("ko", "서울에서 만나요", "LOCATION 서울 0 2")]
    [InlineData("hi", "मैं दिल्ली में रहता हूँ", "LOCATION दिल्ली 4 10")]
    [InlineData("ar", "أعيش في القاهرة منذ 2010", "LOCATION القاهرة 8 15, DATE 2010 20 24")]
    public void What_a_text_names_is_found_where_it_stands(string language, string text, string expected) => Assert.Equal(expected, Found(text, language));

    /// <summary>A smiley is one code point and two UTF-16 units.</summary>
    [Fact]
    public void Places_are_counted_in_code_points() => Assert.Equal("LOCATION New York 6 14", Found("😀👍 in New York", "en"));

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("1.2.3.4 and 99:99 and 5/6/7/8")]
    [InlineData("user@host and @somebody and a@.b")]
    [InlineData("\ud83d half a pair")]
    public void What_looks_like_something_and_is_not_is_left_out(string text) => Assert.Equal("", Found(text, "en"));

    private static string Found(string text, string language) => string.Join(", ", FindEntities.Run(text, language).Entities.Select(one => $"{one.Type} {one.Text} {one.BeginOffset} {one.EndOffset}"));
}
