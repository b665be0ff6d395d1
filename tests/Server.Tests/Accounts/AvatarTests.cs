using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Media;
using Rpd.Server.Storage;
using Rpd.Server.Tests.Gallery;
using Rpd.Server.Tests.Media;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Accounts;

public sealed class AvatarTests(TestPostgres postgres, SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_picture_becomes_two_squares_that_everybody_sees_beside_the_name()
    {
        using var media = new MediaFiles();
        var app = shared.App;
        var (caller, other) = (await app.Caller(), await app.Caller());
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        await app.Work(caller.Account);

        using var sent = await Send(visitor, await media.Picture("wide.png", 700, 300), "image/png");
        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);

        var author = (await other.Get("/v1/explore")).Body.GetProperty("data")[0].GetProperty("author").GetProperty("avatarUrl").GetString()!;
        var profile = (await other.Get($"/v1/social/profile/{caller.Account}")).Body.GetProperty("data").GetProperty("avatarUrl").GetString()!;
        Assert.Matches("^http://localhost[^/]*/avatars/[0-9a-f]{32}/96\\.webp$", author);
        Assert.EndsWith("/288.webp", profile, StringComparison.Ordinal);
        foreach (var (address, side) in new[] { (author, 96), (profile, 288) })
        {
            using var picture = await other.Http.GetAsync(new Uri(new Uri(address).PathAndQuery, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal((HttpStatusCode.OK, "image/webp"), (picture.StatusCode, picture.Content.Headers.ContentType?.ToString()));
            Assert.Equal("public, max-age=31536000, immutable", picture.Headers.GetValues("Cache-Control").Single());
            Assert.Equal("nosniff", picture.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.StartsWith("sandbox;", picture.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
            var facts = await new Probe(MediaFiles.Tools).Read(media.Write($"{side}.webp", await picture.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)), CancellationToken.None);
            Assert.Equal((side, side), (facts.Width, facts.Height));
        }
        var page = await visitor.Read("/settings");
        Assert.Contains(new Uri(profile).AbsolutePath, page, StringComparison.Ordinal);
        Assert.Contains($"<summary aria-label=\"Account\"><span class=\"avatar \" aria-hidden=\"true\"><img src=\"{new Uri(author).AbsolutePath}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_picture_or_none_erases_the_one_before()
    {
        using var media = new MediaFiles();
        var app = shared.App;
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        await Send(visitor, await media.Picture("one.png", 40, 90), "image/png");
        var first = await app.Scalar<Guid>("select avatar from accounts where id = $1", caller.Account);

        await Send(visitor, await media.Picture("two.jpg", 500, 500), "image/jpeg");
        var second = await app.Scalar<Guid>("select avatar from accounts where id = $1", caller.Account);
        await Gone(app, first);
        Assert.NotNull(await app.Services.GetRequiredService<IStorage>().Open($"avatars/{second:N}/96.webp", CancellationToken.None));

        await visitor.Post("/settings", "/settings/avatar/delete");
        await Gone(app, second);
        Assert.DoesNotContain("/avatars/", await visitor.Read("/settings"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_picture_or_another_than_it_says_is_refused_beside_the_field()
    {
        using var media = new MediaFiles();
        await using var app = await App.Start(postgres);
        var caller = await app.Caller();
        var visitor = await PageVisitor.SignIn(app, caller.Account);
        var large = media.Write("large.png", new byte[8_000_001]);
        var picture = await media.Picture("true.png", 64, 64);

        foreach (var (path, type, words) in new[]
        {
            (picture, "image/jpeg", "but it is image/png"), (media.Write("page.png", "<svg onload=alert(1)>"u8.ToArray()), "image/png", "not supported"),
            (await media.Sound("sound.mp3"), "audio/mpeg", "Choose a picture"), (large, "image/png", "8 MB at most"), (media.Write("empty.png", []), "image/png", "Choose a picture first"),
            (media.Write("half.png", (await File.ReadAllBytesAsync(picture, TestContext.Current.CancellationToken))[..300]), "image/png", "damaged"),
        })
        {
            using var refused = await Send(visitor, path, type);
            Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
            Assert.Contains(words, await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        }
        Assert.Equal(1, await app.Scalar<long>("select count(*) from accounts where avatar is null"));
    }

    [Fact]
    public async Task Of_what_moves_the_first_frame_is_taken()
    {
        using var media = new MediaFiles();
        var app = shared.App;
        var visitor = await PageVisitor.SignIn(app, (await app.Caller()).Account);

        using var sent = await Send(visitor, await media.Film("moving.gif", "testsrc=size=120x80:duration=1"), "image/gif");

        Assert.Equal(HttpStatusCode.SeeOther, sent.StatusCode);
    }

    private static async Task<HttpResponseMessage> Send(PageVisitor visitor, string path, string type)
    {
        using var content = new ByteArrayContent(await File.ReadAllBytesAsync(path));
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        using var body = new MultipartFormDataContent { { content, "picture", Path.GetFileName(path) } };
        return await visitor.Send("/settings", "/settings/avatar", body);
    }

    private static async Task Gone(App app, Guid avatar)
    {
        for (var waited = 0; waited < 200; waited++)
        {
            await using var left = await app.Services.GetRequiredService<IStorage>().Open($"avatars/{avatar:N}/288.webp", CancellationToken.None);
            if (left is null) return;
            await Task.Delay(50);
        }
        throw new TimeoutException("The picture is still there.");
    }
}
