using Rpd.Server.Promotions;

namespace Rpd.Server.Tests.Promotions;

public sealed class CodeTextTests
{
    [Fact]
    public void Codes_of_a_seed_are_the_same_each_time_differ_from_each_other_and_have_no_letter_that_looks_like_another()
    {
        byte[] seed = [.. Enumerable.Range(1, CodeText.SeedBytes).Select(number => (byte)number)];
        var codes = Enumerable.Range(0, 5000).Select(number => CodeText.Of(seed, number)).ToArray();

        Assert.Equal(codes, Enumerable.Range(0, 5000).Select(number => CodeText.Of(seed, number)));
        Assert.Equal(5000, codes.Distinct().Count());
        Assert.All(codes, code => Assert.Matches("^[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}-[2-9A-HJKMNP-Z]{4}$", code));
        // Every letter in every place: nothing of the room is left empty.
        Assert.All(Enumerable.Range(0, 14).Where(place => place % 5 != 4), place => Assert.Equal(31, codes.Select(code => code[place]).Distinct().Count()));
    }

    [Theory]
    [InlineData("K7QX-M2PD-9RTA", "K7QX-M2PD-9RTA")]
    [InlineData(" k7qx m2pd 9rta ", "K7QX-M2PD-9RTA")]
    [InlineData("k7qxm2pd9rta", "K7QX-M2PD-9RTA")]
    [InlineData("K7QX–M2PD—9RTA", "K7QX-M2PD-9RTA")]
    [InlineData("K7QX-M2PD-9RT", null)]
    [InlineData("K7QX-M2PD-9RT0", null)]
    [InlineData("K7QX-M2PD-9RTİ", null)]
    [InlineData("K7QX-M2PD-9RTA-K7QX-M2PD-9RTA-K7QX-M2PD-9RTA", null)]
    [InlineData(null, null)]
    public void A_code_is_read_as_people_type_it(string? typed, string? read) => Assert.Equal(read, CodeText.Read(typed));
}
