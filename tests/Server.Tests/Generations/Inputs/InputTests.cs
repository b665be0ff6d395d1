using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Rpd.Server.Tests.Files;
using Rpd.Server.Tests.Media;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Generations.Inputs;

public sealed class InputTests(TestPostgres postgres) : IAsyncLifetime
{
    private readonly MediaFiles media = new();
    private byte[] film = [], picture = [], large = [];
    private FilmProvider provider = null!;

    public async ValueTask InitializeAsync()
    {
        film = await File.ReadAllBytesAsync(await media.Film("film.mp4", "testsrc=size=64x48:duration=1"));
        picture = await File.ReadAllBytesAsync(await media.Picture("a.png", 24, 16));
        large = await File.ReadAllBytesAsync(await media.Picture("b.png", 300, 300));
        provider = new(film);
    }

    [Fact]
    public async Task An_own_upload_is_what_the_provider_starts_from()
    {
        await using var app = await App.Scripted(postgres, provider);
        var me = await Uploader.Of(app);
        var file = await me.Upload(picture);

        var ended = await Run(me.Caller, new { inputImageUrl = $"file:{file.GetProperty("fileId").GetString()}" });

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        var given = provider.Runs[ended.GetProperty("id").GetGuid()];
        Assert.Equal(picture, given.Image);
        Assert.Equal((null, null), (given.Video, given.Audio));
        Assert.Equal(".png", given.Extensions[0]);
    }

    [Fact]
    public async Task A_file_that_is_not_ones_own_not_confirmed_or_of_another_kind_is_named_before_anything_is_paid()
    {
        await using var app = await App.Scripted(postgres, provider);
        var (me, other) = (await Uploader.Of(app), await Uploader.Of(app));
        var theirs = await other.Upload(picture);
        var pending = await me.Ask();
        var movie = await me.Upload(film, "video/mp4");

        foreach (var (id, said) in new[]
        {
            (theirs.GetProperty("fileId").GetString(), "inputImageUrl names no confirmed file of yours."),
            (pending.GetProperty("fileId").GetString(), "inputImageUrl names no confirmed file of yours."),
            (movie.GetProperty("fileId").GetString(), "inputImageUrl must be an image; the file is video/mp4."),
        })
        {
            var (status, body) = await me.Caller.Post("/v1/generations", Asked(new { inputImageUrl = $"file:{id}" }), idempotencyKey: id);
            Assert.Equal((HttpStatusCode.BadRequest, said), (status, body.GetProperty("error").GetProperty("message").GetString()));
            Assert.Equal("inputImageUrl", body.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString());
        }
        Assert.Equal(1000, await me.Caller.Balance());
    }

    [Fact]
    public async Task Where_a_picture_or_a_video_will_do_a_parent_gives_what_it_has_and_where_words_would_do_nothing()
    {
        await using var app = await App.Start(postgres);
        var me = await app.Caller();
        var parent = await Made(new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", @params = new { width = 96, height = 64 } });

        var larger = await Made(new { type = "upscale", provider = "studio", model = "studio-upscale", parentId = parent.GetProperty("id").GetGuid() });
        var (status, body) = await me.Post("/v1/generations", new { type = "avatar", provider = "studio", model = "studio-avatar", parentId = parent.GetProperty("id").GetGuid() });

        Assert.Equal((192, 128), (larger.GetProperty("outputs")[0].GetProperty("width").GetInt32(), larger.GetProperty("outputs")[0].GetProperty("height").GetInt32()));
        Assert.Equal((HttpStatusCode.BadRequest, "prompt"), (status, body.GetProperty("error").GetProperty("details")[0].GetProperty("field").GetString()));

        async Task<JsonElement> Made(object asked)
        {
            var (created, answer) = await me.Post("/v1/generations", asked);
            Assert.True(created == HttpStatusCode.Created, answer.ToString());
            var ended = await me.Ended(answer.GetProperty("data").GetProperty("id").GetGuid());
            Assert.True(ended.GetProperty("status").GetString() == "completed", ended.ToString());
            return ended;
        }
    }

    [Fact]
    public async Task A_file_that_was_deleted_while_the_work_waited_fails_it_with_its_refund()
    {
        await using var app = await App.Scripted(postgres, provider, ("Plans:business:ConcurrentJobs", "1"));
        var me = await Uploader.Of(app);
        var file = await me.Upload(picture);
        var (_, first) = await me.Caller.Post("/v1/generations", GenerationMoneyTests.Sketch("hang on"));
        var (_, second) = await me.Caller.Post("/v1/generations", Asked(new { inputImageUrl = $"file:{file.GetProperty("fileId").GetString()}" }));
        await me.Caller.Delete($"/v1/files/{file.GetProperty("fileId").GetString()}");
        await me.Caller.Delete($"/v1/generations/{first.GetProperty("data").GetProperty("id").GetString()}");

        var ended = await me.Caller.Ended(second.GetProperty("data").GetProperty("id").GetGuid());

        Failed(ended, "inputImageUrl: the file is not there any more.");
        Assert.Equal(1000, await me.Caller.Balance());
    }

    [Fact]
    public async Task Somebody_elses_address_is_fetched_when_the_guard_lets_it_and_failed_with_a_refund_when_not()
    {
        await using var vendor = await LocalServer.Start(http => http.Response.Body.WriteAsync(picture).AsTask());
        await using var open = await App.Scripted(postgres, provider, ("Outbound:AllowedHosts", "127.0.0.1"));
        await using var closed = await App.Scripted(postgres, provider);
        var (there, here) = (await open.Caller(), await closed.Caller());

        var fetched = await Run(there, new { inputImageUrl = vendor.Address("/cat.png").ToString() });
        var refused = await Run(here, new { inputImageUrl = vendor.Address("/cat.png").ToString() });

        Assert.Equal("completed", fetched.GetProperty("status").GetString());
        Assert.Equal(picture, provider.Runs[fetched.GetProperty("id").GetGuid()].Image);
        Failed(refused, "inputImageUrl could not be fetched. The host 127.0.0.1 has no address on the public internet.");
        Assert.Equal(1000, await here.Balance());
    }

    [Fact]
    public async Task What_comes_from_an_address_must_be_what_was_asked_for()
    {
        await using var vendor = await LocalServer.Start(http =>
        {
            http.Response.ContentType = "image/png";
            return http.Response.Body.WriteAsync(http.Request.Path.Value switch { "/film" => film, "/cut" => large[..2000], "/page" => "<html>"u8.ToArray(), _ => new byte[100_001] }).AsTask();
        });
        await using var app = await App.Scripted(postgres, provider, ("Outbound:AllowedHosts", "127.0.0.1"), ("Inputs:BytesMax", "100000"));
        var caller = await app.Caller();

        foreach (var (path, said) in new[]
        {
            ("/film", "inputImageUrl must be an image; the file is video/mp4."), ("/cut", "inputImageUrl: The image file is damaged or incomplete."),
            ("/page", "inputImageUrl: This kind of file is not supported. Use PNG, JPEG, WebP, GIF, MP4, MOV, WebM, MP3, WAV, OGG, M4A, FLAC or AAC."),
            ("/large", "inputImageUrl could not be fetched. The file is larger than 100,000 bytes."),
        })
            Failed(await Run(caller, new { inputImageUrl = vendor.Address(path).ToString() }), said);
        Assert.Equal(1000, await caller.Balance());
        Assert.Empty(provider.Runs);
    }

    [Fact]
    public async Task Trouble_that_passes_is_waited_for()
    {
        var asked = 0;
        await using var vendor = await LocalServer.Start(async http =>
        {
            if (Interlocked.Increment(ref asked) == 1) http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            else await http.Response.Body.WriteAsync(picture);
        });
        await using var app = await App.Scripted(postgres, provider, ("Outbound:AllowedHosts", "127.0.0.1"));

        var ended = await Run(await app.Caller(), new { inputImageUrl = vendor.Address().ToString() });

        Assert.Equal(("completed", 2), (ended.GetProperty("status").GetString(), asked));
    }

    [Fact]
    public async Task Addresses_of_this_server_are_read_from_its_storage()
    {
        await using var app = await App.Scripted(postgres, provider);
        var (me, other) = (await app.Caller(), await app.Caller());
        var parent = await Sketch(me, "unlisted");
        var signed = parent.GetProperty("outputUrls")[0].GetString()!;
        var published = (await other.Get($"/v1/generations/{parent.GetProperty("id").GetString()}")).Body.GetProperty("data").GetProperty("outputUrls")[0].GetString()!;

        var fromSigned = await Run(me, new { inputImageUrl = signed });
        var fromPublished = await Run(other, new { inputImageUrl = published });
        var (touched, body) = await me.Post("/v1/generations", Asked(new { inputImageUrl = signed[..^1] + (signed[^1] == 'A' ? 'B' : 'A') }));
        await me.Patch($"/v1/generations/{parent.GetProperty("id").GetString()}", new { visibility = "private" });
        var withdrawn = await Run(other, new { inputImageUrl = published });

        Assert.Contains("/files/", signed, StringComparison.Ordinal);
        Assert.Contains("/media/", published, StringComparison.Ordinal);
        Assert.All([fromSigned, fromPublished], ended => Assert.Equal("completed", ended.GetProperty("status").GetString()));
        Assert.Equal(HttpStatusCode.BadRequest, touched);
        Assert.StartsWith("inputImageUrl is an address of this server that is not valid any more.", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Failed(withdrawn, "inputImageUrl: the file is not there any more.");
    }

    [Fact]
    public async Task A_parents_output_is_the_input_that_is_missing()
    {
        await using var app = await App.Scripted(postgres, provider);
        var (me, other) = (await app.Caller(), await app.Caller());
        var mine = await Sketch(me, "private");
        var open = await Sketch(other, "unlisted");
        var closed = await Sketch(other, "private");

        var fromMine = await Run(me, new { parentId = mine.GetProperty("id").GetString() });
        var fromOpen = await Run(me, new { parentId = open.GetProperty("id").GetString() });
        var (status, body) = await me.Post("/v1/generations", Asked(new { parentId = closed.GetProperty("id").GetString() }));
        var (none, noneBody) = await me.Post("/v1/generations", Asked(new { }));

        Assert.All([fromMine, fromOpen], ended => Assert.Equal("completed", ended.GetProperty("status").GetString()));
        Assert.Equal(".png", provider.Runs[fromMine.GetProperty("id").GetGuid()].Extensions[0]);
        Assert.Equal((HttpStatusCode.BadRequest, "parentId names no generation of yours and no published one."), (status, body.GetProperty("error").GetProperty("message").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "inputImageUrl is required for image2video with kling-3.0."), (none, noneBody.GetProperty("error").GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_parent_without_what_is_missing_is_named()
    {
        await using var app = await App.Scripted(postgres, provider);
        var me = await app.Caller();
        var (_, failing) = await me.Post("/v1/generations", GenerationMoneyTests.Sketch("fail please"));
        await me.Ended(failing.GetProperty("data").GetProperty("id").GetGuid());
        var movie = await Run(me, new { parentId = (await Sketch(me, "private")).GetProperty("id").GetString() });

        var (empty, emptyBody) = await me.Post("/v1/generations", Asked(new { parentId = failing.GetProperty("data").GetProperty("id").GetString() }));
        var (other, otherBody) = await me.Post("/v1/generations", Asked(new { parentId = movie.GetProperty("id").GetString() }));

        Assert.Equal((HttpStatusCode.BadRequest, "inputImageUrl is required: the parent is failed and has no output that is an image."), (empty, emptyBody.GetProperty("error").GetProperty("message").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "inputImageUrl is required: the parent is completed and has no output that is an image."), (other, otherBody.GetProperty("error").GetProperty("message").GetString()));
    }

    [Fact]
    public async Task A_model_that_goes_on_gets_what_the_parent_made()
    {
        var luma = new FilmProvider(film, "luma");
        await using var app = await App.Scripted(postgres, luma);
        var me = await app.Caller();
        var picture = await Sketch(me, "private");

        var (status, made) = await me.Post("/v1/generations", new { type = "extend", provider = "luma", model = "luma-ray-2", prompt = "go on", parentId = picture.GetProperty("id").GetString() });
        Assert.True(status == HttpStatusCode.Created, made.GetRawText());
        var ended = await me.Ended(made.GetProperty("data").GetProperty("id").GetGuid());

        Assert.Equal("completed", ended.GetProperty("status").GetString());
        var given = luma.Runs[ended.GetProperty("id").GetGuid()];
        Assert.Equal((true, null), (given.Image is not null, given.Video));
    }

    public ValueTask DisposeAsync()
    {
        media.Dispose();
        return ValueTask.CompletedTask;
    }

    private static void Failed(JsonElement ended, string said)
    {
        Assert.Equal(("failed", "invalid_input", said), (ended.GetProperty("status").GetString(), ended.GetProperty("error").GetProperty("code").GetString(), ended.GetProperty("error").GetProperty("message").GetString()));
        Assert.Equal(ended.GetProperty("creditsCost").GetInt64(), ended.GetProperty("creditsRefunded").GetInt64());
    }

    private static Dictionary<string, object?> Asked(object inputs)
    {
        var asked = new Dictionary<string, object?> { ["type"] = "image2video", ["provider"] = "kling", ["model"] = "kling-3.0", ["prompt"] = "it moves" };
        foreach (var property in inputs.GetType().GetProperties()) asked[property.Name] = property.GetValue(inputs);
        return asked;
    }

    private static async Task<JsonElement> Run(Caller caller, object inputs)
    {
        var (status, body) = await caller.Post("/v1/generations", Asked(inputs));
        Assert.True(status == HttpStatusCode.Created, body.GetRawText());
        return await caller.Ended(body.GetProperty("data").GetProperty("id").GetGuid());
    }

    private static async Task<JsonElement> Sketch(Caller caller, string visibility)
    {
        var (_, created) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a hill", visibility });
        return await caller.Ended(created.GetProperty("data").GetProperty("id").GetGuid());
    }
}
