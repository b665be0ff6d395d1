using System.ComponentModel.DataAnnotations;
using Rpd.Server.Outbound;

namespace Rpd.Server.Tests.Outbound;

public sealed class OutboundRulesTests
{
    private const string Allowed = "hooks.intern, build.intern:9000, 10.1.0.0/16, [fd00::7]:8080";

    [Theory]
    [InlineData("https://example.com/hook")]
    [InlineData("https://example.com:8443/hook")]
    [InlineData("https://8.8.8.8/")]
    [InlineData("http://hooks.intern/any")]
    [InlineData("http://HOOKS.intern.:1234/any")]
    [InlineData("http://build.intern:9000/")]
    [InlineData("http://10.1.2.3:5000/")]
    [InlineData("http://[fd00::7]:8080/")]
    public void A_good_address_meets_no_objection(string address) => Assert.Null(Rules().Objection(new Uri(address), plainHttp: false));

    [Theory]
    [InlineData("ftp://example.com/", "http://")]
    [InlineData("file:///etc/passwd", "http://")]
    [InlineData("gopher://example.com/", "http://")]
    [InlineData("https://user@example.com/", "user name")]
    [InlineData("https://user:secret@hooks.intern/", "user name")]
    [InlineData("http://8.8.8.8/", "https://")]
    [InlineData("https://8.8.8.8:22/", "Port 22")]
    [InlineData("https://127.0.0.1/", "public internet")]
    [InlineData("https://2130706433/", "public internet")]
    [InlineData("https://0x7f.1/", "public internet")]
    [InlineData("https://0177.0.0.1/", "public internet")]
    [InlineData("https://[::1]/", "public internet")]
    [InlineData("https://[::ffff:169.254.169.254]/", "public internet")]
    [InlineData("https://10.2.0.1/", "public internet")]
    [InlineData("https://[fd00::7]:8443/", "public internet")]
    public void A_bad_address_is_told_why(string address, string why) =>
        Assert.Contains(why, Rules().Objection(new Uri(address), plainHttp: false), StringComparison.Ordinal);

    [Theory]
    [InlineData("http://example.com/", "https://")]
    [InlineData("https://example.com:25/", "Port 25")]
    public void A_name_is_judged_at_once_where_no_block_of_addresses_is_allowed(string address, string why) =>
        Assert.Contains(why, new OutboundRules(new() { AllowedHosts = "hooks.intern" }).Objection(new Uri(address), plainHttp: false), StringComparison.Ordinal);

    [Fact]
    public void Plain_http_is_enough_where_the_caller_says_so() => Assert.Null(Rules().Objection(new Uri("http://8.8.8.8:8080/picture.png"), plainHttp: true));

    [Fact]
    public void Wrong_settings_are_all_named()
    {
        var options = new OutboundOptions { AllowedHosts = "good.intern, http://bad, 10.0.0.0/99, user@host", Ports = "80, many, 0, 70000" };

        var wrong = options.Validate(new ValidationContext(options)).Select(one => one.ErrorMessage!.Split('"')[1]);

        Assert.Equal(["http://bad", "10.0.0.0/99", "user@host", "many", "0", "70000"], wrong);
    }

    private static OutboundRules Rules() => new(new() { AllowedHosts = Allowed });
}
