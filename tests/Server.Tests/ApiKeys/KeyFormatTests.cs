using System.Text;
using System.Text.Json;
using Rpd.Server.ApiKeys;

namespace Rpd.Server.Tests.ApiKeys;

public sealed class KeyFormatTests
{
    private const string Printable = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_-. ";

    [Theory]
    [InlineData(KeyFormat.Native)]
    [InlineData(KeyFormat.Tasks)]
    [InlineData(KeyFormat.Test)]
    public void A_key_with_any_one_character_changed_is_no_key(string prefix)
    {
        var key = KeyFormat.New(prefix).Reveal();
        Assert.Equal(prefix, KeyFormat.PrefixOf(key));
        for (var at = 0; at < key.Length; at++)
        {
            foreach (var other in Printable.Where(other => other != key[at]))
                Assert.Null(KeyFormat.PrefixOf(key[..at] + other + key[(at + 1)..]));
            Assert.Null(KeyFormat.PrefixOf(key.Remove(at, 1)));
        }
    }

    [Fact]
    public void Two_neighbours_exchanged_are_noticed_too()
    {
        var key = KeyFormat.New(KeyFormat.Native).Reveal();
        for (var at = 7; at < key.Length - 1; at++)
        {
            if (key[at] == key[at + 1]) continue;
            Assert.Null(KeyFormat.PrefixOf($"{key[..at]}{key[at + 1]}{key[at]}{key[(at + 2)..]}"));
        }
    }

    [Fact]
    public void The_checksum_is_the_one_that_zip_files_have() => Assert.Equal(0xCBF43926u, KeyFormat.Crc32(Encoding.ASCII.GetBytes("123456789")));

    [Fact]
    public void Every_character_is_as_likely_as_the_next()
    {
        var counts = new int[128];
        for (var i = 0; i < 4_000; i++)
            foreach (var letter in KeyFormat.New(KeyFormat.Native).Reveal().AsSpan(7, 32)) counts[letter]++;
        var seen = counts.Where(count => count > 0).ToArray();
        const double expected = 4_000 * 32 / 62.0;
        Assert.Equal(62, seen.Length);
        // Five standard deviations: a modulo bias over bytes would be far outside.
        Assert.All(seen, count => Assert.InRange(count, expected - (5 * Math.Sqrt(expected)), expected + (5 * Math.Sqrt(expected))));
    }

    [Fact]
    public void A_secret_does_not_show_itself()
    {
        var secret = KeyFormat.New(KeyFormat.Native);
        Assert.DoesNotContain(secret.Reveal(), $"{secret} {JsonSerializer.Serialize(secret)} {JsonSerializer.Serialize(new { secret })}", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("day", "2031-03-05")]
    [InlineData("week", "2031-03-03")]
    [InlineData("month", "2031-03-01")]
    [InlineData("total", "1970-01-01")]
    public void A_cap_counts_from_the_beginning_of_its_period(string period, string start) =>
        Assert.Equal(DateTimeOffset.Parse(start + "T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture),
            new CapRule(1, period).WindowStart(new DateTimeOffset(2031, 3, 5, 23, 59, 59, TimeSpan.Zero)));

    [Fact]
    public void A_week_begins_on_Monday() =>
        Assert.Equal(new DateTimeOffset(2031, 3, 3, 0, 0, 0, TimeSpan.Zero), new CapRule(1, "week").WindowStart(new DateTimeOffset(2031, 3, 9, 1, 0, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7/32")]
    [InlineData("203.0.113.0/24", "203.0.113.0/24")]
    [InlineData("2001:db8::/32", "2001:db8::/32")]
    [InlineData("2001:db8::1", "2001:db8::1/128")]
    [InlineData("203.0.113.7/24", "203.0.113.0/24")]
    [InlineData("203.0.113.0/33", null)]
    [InlineData("1", null)]
    [InlineData("10/8", null)]
    [InlineData("example.org", null)]
    public void An_address_block_is_stored_in_one_spelling_or_refused(string text, string? stored) => Assert.Equal(stored, KeyWish.Block(text));
}
