using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Recognition;
using Rpd.Server.Tests.Files;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Studio;

/// <summary>Every type that starts from a file, from the upload to the output, with the models that are built in.</summary>
public sealed class StudioApiTests(SharedApp shared) : IDisposable, IClassFixture<SharedApp>
{
    private readonly Screening _screening = new();

    [Fact]
    public async Task An_uploaded_picture_becomes_other_pictures_and_films()
    {
        var app = shared.App;
        var me = await Uploader.Of(app);
        var inputImageUrl = await Upload(me, await _screening.Picture(), "image/png");

        await Made(me.Caller,
            (new { type = "image2image", provider = "studio", model = "studio-restyle", inputImageUrl, @params = new { style = "comic" } }, new("image/png", 320, 200)),
            (new { type = "upscale", provider = "studio", model = "studio-upscale", inputImageUrl, @params = new { scaleFactor = 2 } }, new("image/png", 640, 400)),
            (new { type = "extend", provider = "studio", model = "studio-extend", inputImageUrl, @params = new { grow = 1.5 } }, new("image/png", 480, 300)),
            (new { type = "effect", provider = "studio", model = "studio-effects", inputImageUrl, @params = new { effect = "bloom" } }, new("image/png", 320, 200)),
            (new { type = "image2video", provider = "studio", model = "studio-animate", inputImageUrl, @params = new { duration = 2 } }, new("video/mp4", 320, 200, (1.9, 2.1))),
            (new { type = "avatar", provider = "studio", model = "studio-avatar", inputImageUrl, prompt = "Hello." }, new("video/mp4", 320, 200, (0.3, 5))));
    }

    [Fact]
    public async Task A_portrait_that_was_drawn_is_published_without_asking_whom_it_shows()
    {
        var caller = await shared.App.Caller();
        var (_, made) = await caller.Post("/v1/generations", new { type = "text2image", provider = "studio", model = "studio-sketch", prompt = "a portrait of a woman", @params = new { seed = 44 } });
        var id = made.GetProperty("data").GetProperty("id").GetGuid();
        await caller.Ended(id);
        var visitor = await PageVisitor.SignIn(shared.App, caller.Account);

        using var published = await visitor.Post("/settings", $"/library/{id}/visibility", ("publish", "true"));

        var run = (await caller.Get($"/v1/generations/{id}")).Body.GetProperty("data");
        Assert.Equal("public", run.GetProperty("visibility").GetString());
        // The detector would have asked.
        var picture = await caller.Http.GetByteArrayAsync(run.GetProperty("outputs")[0].GetProperty("url").GetString());
        Assert.NotEmpty((await shared.App.Services.GetRequiredService<FindFaces>().Run(picture, new(1, 0.7), default)).Value!.Faces);
    }

    [Fact]
    public async Task An_uploaded_film_is_changed_prolonged_and_followed()
    {
        var app = shared.App;
        var me = await Uploader.Of(app);
        var picture = await _screening.Picture();
        var inputImageUrl = await Upload(me, picture, "image/png");
        var inputVideoUrl = await Upload(me, await _screening.Pan("pan.mp4", picture, "n*2", 1), "video/mp4");

        await Made(me.Caller,
            (new { type = "video2video", provider = "studio", model = "studio-grade", inputVideoUrl, @params = new { look = "noir" } }, new("video/mp4", 240, 150, (0.8, 1.2))),
            (new { type = "extend", provider = "studio", model = "studio-extend", inputVideoUrl, @params = new { duration = 1 } }, new("video/mp4", 240, 150, (1.8, 2.2))),
            (new { type = "effect", provider = "studio", model = "studio-effects", inputVideoUrl, @params = new { effect = "vhs" } }, new("video/mp4", 240, 150, (0.8, 1.2))),
            (new { type = "motion_transfer", provider = "studio", model = "studio-transfer", inputImageUrl, inputVideoUrl }, new("video/mp4", 320, 200, (0.8, 1.2))));
    }

    public void Dispose() => _screening.Dispose();

    private static async Task<string> Upload(Uploader me, string path, string contentType) =>
        $"file:{(await me.Upload(await File.ReadAllBytesAsync(path), contentType)).GetProperty("fileId").GetString()}";

    private static async Task Made(Caller caller, params (object Body, Wanted Output)[] all)
    {
        var started = new List<(Guid Id, Wanted Output)>();
        foreach (var (body, output) in all)
        {
            var (status, created) = await caller.Post("/v1/generations", body);
            Assert.True(status == HttpStatusCode.Created, $"{body}: {created}");
            started.Add((created.GetProperty("data").GetProperty("id").GetGuid(), output));
        }
        foreach (var (id, wanted) in started)
        {
            var ended = await caller.Ended(id, seconds: 180);
            Assert.True(ended.GetProperty("status").GetString() == "completed", ended.ToString());
            var output = ended.GetProperty("outputs")[0];
            Assert.Equal((wanted.ContentType, wanted.Width, wanted.Height), (output.GetProperty("contentType").GetString(), output.GetProperty("width").GetInt32(), output.GetProperty("height").GetInt32()));
            if (wanted.Seconds is var (least, most)) Assert.InRange(output.GetProperty("durationSeconds").GetDouble(), least, most);
            Assert.Equal((1, 0), (ended.GetProperty("outputUrls").GetArrayLength(), ended.GetProperty("creditsRefunded").GetInt32()));
        }
    }

    private sealed record Wanted(string ContentType, int Width, int Height, (double Least, double Most)? Seconds = null);
}
