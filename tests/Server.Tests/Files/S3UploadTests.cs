using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Files;
using Rpd.Server.Generations;
using Rpd.Server.Storage;
using Rpd.Server.Tests.Generations;
using Rpd.Server.Tests.Media;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Files;

/// <summary>The whole product with its files in a bucket.</summary>
public sealed class S3UploadTests(TestPostgres postgres, S3Server server) : IClassFixture<S3Server>
{
    [Fact]
    public async Task A_file_of_known_size_goes_straight_to_the_storage_and_its_confirmed_bytes_do_not_change()
    {
        using var media = new MediaFiles();
        var picture = await File.ReadAllBytesAsync(await media.Picture("a.png", 40, 30));
        await using var app = await App.Scripted(postgres, server.Settings);
        var me = await Uploader.Of(app);
        var upload = await me.Ask(sizeBytes: picture.Length);
        var address = new Uri(upload.GetProperty("uploadUrl").GetString()!);

        Assert.Equal(server.Address.Authority, address.Authority);
        Assert.Equal(HttpStatusCode.Conflict, (await me.Confirm(upload)).Status);
        Assert.Equal(HttpStatusCode.Forbidden, await Put(address, picture[1..]));
        Assert.Equal(HttpStatusCode.OK, await Put(address, picture));
        var (status, body) = await me.Confirm(upload);
        var file = body.GetProperty("data");
        Assert.Equal(HttpStatusCode.OK, await Put(address, [.. picture.Reverse()]));
        var (_, again) = await me.Confirm(upload);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((picture.Length, 40), (file.GetProperty("size").GetInt32(), file.GetProperty("width").GetInt32()));
        Assert.Equal(file.GetProperty("sha256").GetString(), again.GetProperty("data").GetProperty("sha256").GetString());
        Assert.Equal(picture, await Served(app, file.GetProperty("url").GetString()!));
        Assert.Empty(me.Stored());
        await me.Caller.Delete($"/v1/files/{file.GetProperty("fileId").GetString()}");
        await me.Until(() => server.Keys(FileKeys.OfAccount(me.Caller.Account)).Count == 0, "the bucket to be empty");
    }

    [Fact]
    public async Task A_file_of_unknown_size_comes_through_the_server_which_cuts_it_off()
    {
        await using var app = await App.Scripted(postgres, [.. server.Settings, ("Plans:free:UploadBytesMax", "100000")]);
        var me = await Uploader.Of(app, "free");
        var upload = await me.Ask();

        var (large, _) = await me.Put(upload, new byte[100_001], chunked: true);
        Assert.Empty(server.Keys(FileKeys.OfAccount(me.Caller.Account)));
        var (put, _) = await me.Put(upload, Uploader.Dot);
        var (status, body) = await me.Confirm(upload);

        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, HttpStatusCode.OK, HttpStatusCode.OK), (large, put, status));
        Assert.Equal(Uploader.Dot, await Served(app, body.GetProperty("data").GetProperty("url").GetString()!));
    }

    [Fact]
    public async Task Private_files_are_led_to_the_storage_and_published_ones_come_from_here()
    {
        await using var app = await App.Scripted(postgres, server.Settings);
        var (me, other) = (await app.Caller(), await app.Caller());
        var (_, created) = await me.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", visibility = "unlisted" });
        var ended = await me.Ended(created.GetProperty("data").GetProperty("id").GetGuid());
        var published = (await other.Get($"/v1/generations/{ended.GetProperty("id").GetString()}")).Body.GetProperty("data").GetProperty("outputUrls")[0].GetString()!;

        using var mine = await me.Http.GetAsync(Path(ended.GetProperty("outputUrls")[0].GetString()!));
        using var part = await other.Http.SendAsync(new(HttpMethod.Get, Path(published)) { Headers = { Range = new(1, 3) } });
        using var page = await app.CreateClient().GetAsync(new Uri("/sign-in", UriKind.Relative));
        await me.Patch($"/v1/generations/{ended.GetProperty("id").GetString()}", new { visibility = "private" });
        using var withdrawn = await other.Http.GetAsync(Path(published));

        Assert.Equal((HttpStatusCode.Found, server.Address.Authority), (mine.StatusCode, mine.Headers.Location!.Authority));
        Assert.Equal((HttpStatusCode.PartialContent, "PNG"), (part.StatusCode, await part.Content.ReadAsStringAsync()));
        Assert.Contains("sandbox", part.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, withdrawn.StatusCode);
        Assert.Contains($"img-src 'self' data: blob: {server.Address.GetLeftPart(UriPartial.Authority)};", page.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await app.CreateClient().GetAsync(new Uri("/health/ready", UriKind.Relative))).StatusCode);
    }

    [Fact]
    public async Task What_a_run_had_stored_before_it_was_cancelled_goes_from_the_bucket_too()
    {
        await using var app = await App.Scripted(postgres, server.Settings);
        var me = await Uploader.Of(app);
        var (_, created) = await me.Caller.Post("/v1/generations", GenerationMoneyTests.Sketch("hang on"));
        var id = created.GetProperty("data").GetProperty("id").GetGuid();
        await me.Until(() => app.Provider!.Started.Contains(id), "the run to begin");
        var folder = CollectOutputs.Folder(id);
        await app.Services.GetRequiredService<IStorage>().Put(folder + "/0.png", new MemoryStream(Uploader.Dot), CancellationToken.None);
        Assert.Single(server.Keys(folder));

        Assert.Equal(HttpStatusCode.OK, (await me.Caller.Delete($"/v1/generations/{id}")).Status);

        await me.Until(() => server.Keys(folder).Count == 0, "the bucket to be empty");
    }

    private static Uri Path(string url) => new(new Uri(url).PathAndQuery, UriKind.Relative);

    private static async Task<HttpStatusCode> Put(Uri address, byte[] bytes)
    {
        using var http = new HttpClient();
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new("image/png") } };
        using var answer = await http.PutAsync(address, content);
        return answer.StatusCode;
    }

    /// <summary>Through the redirect, as a browser goes.</summary>
    private static async Task<byte[]> Served(App app, string url)
    {
        using var here = app.CreateClient(new() { AllowAutoRedirect = false });
        using var led = await here.GetAsync(Path(url));
        Assert.Equal(HttpStatusCode.Found, led.StatusCode);
        using var http = new HttpClient();
        using var answer = await http.GetAsync(led.Headers.Location);
        Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
        return await answer.Content.ReadAsByteArrayAsync();
    }
}
