using System.Globalization;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Storage;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Storage;

public sealed class SignedUrlTests(TestPostgres postgres)
{
    [Fact]
    public async Task An_address_of_a_private_file_works_for_a_day_and_not_a_second_longer()
    {
        var clock = new TestClock();
        await using var app = await App.At(clock, postgres);
        await Put(app, "test/a.png");
        var urls = app.Services.GetRequiredService<SignedUrls>();
        // The clock stands at a full hour, so nothing is added to the day.
        var address = urls.Of("test/a.png");

        var first = await Status(app, address);
        clock.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(1));
        var last = await Status(app, address);
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first, last));
        Assert.Equal(HttpStatusCode.Forbidden, await Status(app, address));
        Assert.Equal(HttpStatusCode.OK, await Status(app, urls.Of("test/a.png")));
    }

    [Fact]
    public async Task An_address_in_which_anything_was_changed_is_refused()
    {
        await using var app = await App.Start(postgres);
        await Put(app, "test/a.png");
        await Put(app, "test/b.png");
        var address = app.Services.GetRequiredService<SignedUrls>().Of("test/a.png");
        var (bare, signature) = (address.Split('?')[0], address.Split("&s=")[1]);
        var expires = long.Parse(address.Split("?e=")[1].Split('&')[0], CultureInfo.InvariantCulture);

        Assert.Equal(HttpStatusCode.OK, await Status(app, address));
        foreach (var wrong in new[]
        {
            $"{bare}?e={expires + 3600}&s={signature}", $"{bare}?e={expires - 3600}&s={signature}", $"{bare}?e=&s={signature}", $"{bare}?s={signature}",
            $"{bare}?e={expires}&s={signature[..^1]}{(signature[^1] == 'A' ? 'B' : 'A')}", $"{bare}?e={expires}&s={signature[..^1]}", $"{bare}?e={expires}&s={signature}A", $"{bare}?e={expires}&s=",
            $"{bare}?e={expires}", bare, address.Replace("a.png", "b.png", StringComparison.Ordinal),
        })
            Assert.True(HttpStatusCode.Forbidden == await Status(app, wrong), wrong);
    }

    private static Task Put(App app, string key) => app.Services.GetRequiredService<IStorage>().Put(key, new MemoryStream([1, 2, 3]), CancellationToken.None);

    private static async Task<HttpStatusCode> Status(App app, string address)
    {
        using var http = app.CreateClient();
        using var answer = await http.GetAsync(new Uri(address, UriKind.Relative));
        return answer.StatusCode;
    }
}
