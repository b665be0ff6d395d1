using System.Net;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Mvc.Testing;
using Rpd.Server.Tests.Media;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Files;

public sealed class UploadTests(TestPostgres postgres)
{
    [Fact]
    public async Task The_documents_own_example_asks_uploads_and_confirms()
    {
        await using var app = await App.Scripted(postgres);
        var me = await Uploader.Of(app);

        var upload = await me.Ask();
        var (put, _) = await me.Put(upload, Uploader.Dot);
        var (status, confirmed) = await me.Confirm(upload);
        var file = confirmed.GetProperty("data");
        var stored = await app.CreateClient().GetAsync(new Uri(new Uri(file.GetProperty("url").GetString()!).PathAndQuery, UriKind.Relative));

        Assert.Equal(("PUT", 2_000_000_000), (upload.GetProperty("method").GetString(), upload.GetProperty("maxBytes").GetInt64()));
        Assert.InRange(upload.GetProperty("expiresAt").GetDateTimeOffset() - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (put, status));
        Assert.Equal(("image/png", Uploader.Dot.Length, Convert.ToHexStringLower(SHA256.HashData(Uploader.Dot))),
            (file.GetProperty("contentType").GetString(), file.GetProperty("size").GetInt32(), file.GetProperty("sha256").GetString()));
        Assert.Equal(Uploader.Dot, await stored.Content.ReadAsByteArrayAsync());
        Assert.Equal("image/png", stored.Content.Headers.ContentType!.MediaType);
        Assert.Equal((Uploader.Dot.Length, 0), await me.Usage());
        await me.Until(() => me.Stored() is [var only] && only.EndsWith(".png", StringComparison.Ordinal), "the confirmed copy to be alone");
    }

    [Fact]
    public async Task Real_sound_and_film_are_taken_for_what_they_are()
    {
        using var media = new MediaFiles();
        await using var app = await App.Scripted(postgres);
        var me = await Uploader.Of(app);

        foreach (var (path, type, proved) in new[]
        {
            (await media.Sound("a.mp3"), "audio/mp3", "audio/mpeg"), (await media.Sound("a.wav"), "audio/x-wav", "audio/wav"), (await media.Sound("a.ogg"), "audio/ogg", "audio/ogg"),
            (await media.Sound("a.m4a"), "audio/x-m4a", "audio/mp4"), (await media.Film("a.mp4"), "video/mp4", "video/mp4"), (await media.Film("a.mov"), "video/quicktime", "video/quicktime"),
            (await media.Film("a.webm"), "video/webm", "video/webm"), (await media.Picture("a.webp", 40, 30), "image/webp", "image/webp"), (await media.Picture("a.jpg", 40, 30), "image/jpg", "image/jpeg"),
        })
        {
            var file = await me.Upload(await File.ReadAllBytesAsync(path), type);
            Assert.Equal(proved, file.GetProperty("contentType").GetString());
            if (type.StartsWith("audio", StringComparison.Ordinal)) Assert.InRange(file.GetProperty("durationSeconds").GetDouble(), 1.4, 1.7);
        }
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("image/svg+xml")]
    [InlineData("application/octet-stream")]
    [InlineData("image/png; charset=utf-8")]
    public async Task What_is_no_media_is_refused_with_the_list_of_what_is(string type)
    {
        await using var app = await App.Scripted(postgres);
        var me = await Uploader.Of(app);

        var (status, body) = await me.TryAsk(type);

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("image/png, image/jpeg", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_wrong_field_is_named_at_once()
    {
        await using var app = await App.Scripted(postgres);
        var me = await Uploader.Of(app);

        var (status, body) = await me.Caller.Post("/v1/files/upload-url", new { filename = "", contentType = "text/plain", sizeBytes = 0 });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal(["contentType", "filename", "sizeBytes"], body.GetProperty("error").GetProperty("details").EnumerateArray().Select(one => one.GetProperty("field").GetString()).Order());
        Assert.Equal(HttpStatusCode.BadRequest, (await me.Caller.Post("/v1/files/confirm", new { })).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await me.Caller.Post("/v1/files/confirm", new { fileId = "x" })).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await (await Uploader.Of(app, "free")).TryAsk(sizeBytes: 25_000_001)).Status);
    }

    [Fact]
    public async Task An_address_takes_its_own_type_its_own_length_and_nothing_once_it_was_touched()
    {
        await using var app = await App.Scripted(postgres);
        var me = await Uploader.Of(app);
        var exact = await me.Ask(sizeBytes: Uploader.Dot.Length);
        var open = await me.Ask();
        using var http = app.CreateClient();

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await me.Put(open, Uploader.Dot, "text/html")).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await me.Put(exact, [.. Uploader.Dot, 0])).Status);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await me.Put(exact, [.. Uploader.Dot, 0], chunked: true)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await me.Put(exact, Uploader.Dot[..^1])).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await me.Put(exact, Uploader.Dot[..^1], chunked: true)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await me.Put(open, [])).Status);
        var path = Uploader.Path(exact).OriginalString;
        foreach (var touched in new[]
        {
            path.Replace("e=", "e=9", StringComparison.Ordinal), path[..^1] + (path[^1] == 'A' ? 'B' : 'A'), path.Split('?')[0],
            path.Replace(exact.GetProperty("fileId").GetString()!, open.GetProperty("fileId").GetString()!, StringComparison.Ordinal),
        })
            Assert.Equal(HttpStatusCode.Forbidden, (await http.PutAsync(new Uri(touched, UriKind.Relative), new ByteArrayContent(Uploader.Dot))).StatusCode);
        Assert.Empty(me.Stored());
    }

    [Fact]
    public async Task What_is_longer_than_the_plan_allows_is_cut_off_and_nothing_of_it_kept()
    {
        await using var app = await App.Scripted(postgres, ("Plans:free:UploadBytesMax", "100000"));
        var me = await Uploader.Of(app, "free");
        var upload = await me.Ask();
        var read = 0L;
        using var http = app.CreateClient(new WebApplicationFactoryClientOptions { AllowAutoRedirect = false });
        using var endless = new StreamContent(new Endless(count => read = count)) { Headers = { ContentType = new("image/png") } };

        using var answer = await http.PutAsync(Uploader.Path(upload), endless);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.InRange(read, 100_001, 3_000_000);
        Assert.Empty(me.Stored());
        Assert.Equal(HttpStatusCode.Conflict, (await me.Confirm(upload)).Status);
    }

    [Fact]
    public async Task A_sender_who_hangs_up_leaves_nothing_and_may_begin_again()
    {
        await using var app = await App.Scripted(postgres);
        app.UseKestrel(0);
        app.StartServer();
        var me = await Uploader.Of(app);
        me.Caller.Http.BaseAddress = app.ClientOptions.BaseAddress;
        var upload = await me.Ask();
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync("127.0.0.1", app.ClientOptions.BaseAddress.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"PUT {Uploader.Path(upload)} HTTP/1.1\r\nHost: localhost\r\nContent-Type: image/png\r\nContent-Length: 1000000\r\n\r\n"));
        await stream.WriteAsync(new byte[300_000]);
        await me.Until(() => me.Stored() is [var draft] && draft.StartsWith(".drafts", StringComparison.Ordinal), "the upload to be under way");
        Assert.Equal(HttpStatusCode.Conflict, (await me.Put(upload, Uploader.Dot)).Status);

        socket.Client.LingerState = new(true, 0);
        socket.Close();

        await me.Until(() => me.Stored().Length == 0, "the draft to go");
        var (again, said) = await me.Put(upload, Uploader.Dot);
        Assert.True(again == HttpStatusCode.OK, said);
    }

    [Fact]
    public async Task Large_bodies_are_taken_at_the_upload_address_and_nowhere_else()
    {
        await using var app = await App.Scripted(postgres);
        app.UseKestrel(0);
        app.StartServer();
        var me = await Uploader.Of(app);
        me.Caller.Http.BaseAddress = app.ClientOptions.BaseAddress;
        var upload = await me.Ask(sizeBytes: 3_000_000);

        var (put, said) = await me.Put(upload, new byte[3_000_000]);
        var (confirm, body) = await me.Confirm(upload);
        using var big = new ByteArrayContent(new byte[3_000_000]) { Headers = { ContentType = new("application/json") } };
        using var post = new HttpRequestMessage(HttpMethod.Post, "/v1/files/confirm") { Content = big, Headers = { ExpectContinue = true } };
        using var elsewhere = await me.Caller.Http.SendAsync(post);

        Assert.True(put == HttpStatusCode.OK, said);
        Assert.Equal(HttpStatusCode.BadRequest, confirm);
        Assert.StartsWith("This kind of file is not supported.", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, elsewhere.StatusCode);
    }

    [Fact]
    public async Task A_browser_of_another_site_may_upload()
    {
        await using var app = await App.Scripted(postgres);
        var me = await Uploader.Of(app);
        var upload = await me.Ask();
        using var site = app.CreateClient();
        site.DefaultRequestHeaders.Add("Origin", "https://elsewhere.example");
        using var question = new HttpRequestMessage(HttpMethod.Options, Uploader.Path(upload))
        {
            Headers = { { "Access-Control-Request-Method", "PUT" }, { "Access-Control-Request-Headers", "content-type" } },
        };

        using var allowed = await site.SendAsync(question);
        using var content = new ByteArrayContent(Uploader.Dot) { Headers = { ContentType = new("image/png") } };
        using var put = await site.PutAsync(Uploader.Path(upload), content);

        Assert.Equal("PUT", allowed.Headers.GetValues("Access-Control-Allow-Methods").Single());
        Assert.Equal("*", put.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
    }

    private sealed class Endless(Action<long> told) : Stream
    {
        private long count;
        public override bool CanRead => true;
        public override bool CanSeek => false;
        public override bool CanWrite => false;
        public override long Length => throw new NotSupportedException();
        public override long Position { get => count; set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            told(this.count += count);
            return count;
        }

        public override void Flush() => throw new NotSupportedException();
        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
