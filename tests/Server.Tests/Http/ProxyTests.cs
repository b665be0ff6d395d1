using System.Net;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Http;

public sealed class ProxyTests(TestPostgres postgres)
{
    [Theory]
    [InlineData("10.0.0.2", "203.0.113.9", "203.0.113.9", true)]
    [InlineData("10.0.0.2", "203.0.113.9, 10.0.0.3", "203.0.113.9", true)]
    // What stands left of the first stranger was claimed by that stranger.
    [InlineData("10.0.0.2", "192.0.2.66, 203.0.113.9, 10.0.0.4, 10.0.0.3", "203.0.113.9", true)]
    [InlineData("198.51.100.1", "203.0.113.9", "198.51.100.1", false)]
    public async Task Only_trusted_proxies_are_believed_and_through_all_of_them(string peer, string forwarded, string seen, bool https)
    {
        await using var app = await App.Start(postgres, ("Proxies:Trusted:0", "10.0.0.0/24"), ("PublicUrl", "https://create.example.org"));

        var answer = await app.Server.SendAsync(http =>
        {
            http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
            http.Request.Path = "/v1/models";
            http.Request.Headers["X-Forwarded-For"] = forwarded;
            http.Request.Headers["X-Forwarded-Proto"] = "https";
        });

        Assert.Equal(seen, answer.Connection.RemoteIpAddress?.ToString());
        Assert.Equal((https, https ? 200 : 403), (answer.Request.IsHttps, answer.Response.StatusCode));
    }
}
