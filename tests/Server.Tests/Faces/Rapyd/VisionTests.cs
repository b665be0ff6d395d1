using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Rpd.Server.Tests.Media;
using Rpd.Server.Tests.Recognition;

namespace Rpd.Server.Tests.Faces.Rapyd;

/// <summary>Pictures as clients send them, good and bad.</summary>
public sealed class VisionTests(RapydApp shared) : IClassFixture<RapydApp>
{
    [Theory]
    [InlineData("sign.png")]
    [InlineData("sign.jpg")]
    [InlineData("sign.gif")]
    [InlineData("sign.bmp")]
    [InlineData("sign.webp")]
    [InlineData("sign.tif")]
    [InlineData("cmyk.jpg")]
    [InlineData("deep.png")]
    [InlineData("clear.png")]
    public async Task What_is_written_in_a_picture_of_any_kind_is_read(string name)
    {
        using var files = new MediaFiles();
        var caller = await shared.App.Caller(5);
        var (status, body) = await Send(caller.Key, "text", await Sign(files, name), ("PROVIDER", "builtin"));

        Assert.True(status == HttpStatusCode.OK, body.GetRawText());
        Assert.Equal("""{"provider":"builtin","language":""}""", body.GetProperty("meta").GetRawText());
        var found = body.GetProperty("result").GetProperty("textDetections").EnumerateArray().ToList();
        var line = found.Single(one => one.GetProperty("type").GetString() == "LINE");
        Assert.Equal("SPEED LIMIT", line.GetProperty("detectedText").GetString());
        Assert.Equal(["SPEED", "LIMIT"], found.Where(one => one.GetProperty("type").GetString() == "WORD").Select(one => one.GetProperty("detectedText").GetString()));
        Assert.True(line.GetProperty("confidence").GetDouble() > 50);
        var box = line.GetProperty("geometry").GetProperty("boundingBox");
        // The words were put into the middle.
        Assert.InRange(box.GetProperty("left").GetDouble() + (box.GetProperty("width").GetDouble() / 2), 0.45, 0.55);
        Assert.InRange(box.GetProperty("top").GetDouble() + (box.GetProperty("height").GetDouble() / 2), 0.4, 0.6);
        Assert.Equal(4, await shared.Balance(caller));
    }

    [Fact]
    public async Task The_curl_sample_runs_with_the_sign_that_makes_a_file_of_a_name()
    {
        using var files = new MediaFiles();
        var caller = await shared.App.Caller(5);
        var sample = $"""
            curl --silent --show-error --location --request POST '{shared.Address}/v1/vision/text' \
            --header 'PROVIDER: builtin' \
            --header 'ACCOUNT-ID: {caller.Account}' \
            --header 'Authorization: Bearer {caller.Key}' \
            --form 'file=text_demo.jpeg'
            """;
        // As it is printed it sends the name of the file.
        var printed = await RapydApp.Shell(sample);
        Assert.Contains("file=@", printed.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);

        var answer = await RapydApp.Shell(sample.Replace("file=text_demo.jpeg", "file=@" + await Sign(files, "text_demo.jpeg"), StringComparison.Ordinal));
        Assert.Equal("SPEED LIMIT", answer.GetProperty("result").GetProperty("textDetections")[0].GetProperty("detectedText").GetString());
    }

    [Theory]
    [InlineData("empty.jpg", "", "The file is empty.")]
    [InlineData("page.jpg", "<!DOCTYPE html><html><body>picture</body></html>", "not a picture")]
    [InlineData("drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'><rect width='9' height='9'/></svg>", "not a picture")]
    [InlineData("sound.png", "RIFF....WAVEfmt ", "not a picture")]
    [InlineData("head.png", "\u0089PNG\r\n\u001a\n", "damaged")]
    [InlineData("head.bmp", "BM", "not a picture")]
    public async Task What_is_no_picture_is_refused_whatever_it_is_called(string name, string content, string message)
    {
        using var files = new MediaFiles();
        await Refused(files.Write(name, Encoding.Latin1.GetBytes(content)), message);
    }

    [Fact]
    public async Task A_picture_that_breaks_off_is_refused()
    {
        using var files = new MediaFiles();
        foreach (var name in new[] { "sign.png", "sign.jpg", "sign.bmp" })
        {
            var whole = await File.ReadAllBytesAsync(await Sign(files, name), TestContext.Current.CancellationToken);
            await Refused(files.Write("half-" + name, whole[..(whole.Length / 2)]), "damaged");
        }
    }

    [Fact]
    public async Task A_picture_of_20000_by_20000_is_refused_before_anything_decodes_it()
    {
        using var files = new MediaFiles();
        await MediaFiles.Ok(MediaFiles.Tools.Vips, "black", files.Path("huge.png"), "20000", "20000");
        var begun = Stopwatch.GetTimestamp();
        await Refused(files.Path("huge.png"), "20000 × 20000");
        Assert.True(Stopwatch.GetElapsedTime(begun) < TimeSpan.FromSeconds(20));
        // A bitmap says its size in 26 bytes.
        byte[] claim = [.. "BM"u8, .. new byte[12], 40, 0, 0, 0, 0x20, 0x4E, 0, 0, 0x20, 0x4E, 0, 0, .. new byte[60]];
        await Refused(files.Write("huge.bmp", claim), "20000 × 20000");
    }

    [Fact]
    public async Task A_picture_of_one_pixel_has_nothing_to_read()
    {
        using var files = new MediaFiles();
        await MediaFiles.Ok(MediaFiles.Tools.Vips, "black", files.Path("dot.png"), "1", "1");
        var caller = await shared.App.Caller(5);
        var (status, body) = await Send(caller.Key, "text", files.Path("dot.png"));

        Assert.True(status == HttpStatusCode.OK, body.GetRawText());
        Assert.Equal("[]", body.GetProperty("result").GetProperty("textDetections").GetRawText());
    }

    [Fact]
    public async Task The_server_itself_finds_the_one_face_and_none_in_a_cup()
    {
        var caller = await shared.App.Caller(5);

        var (status, body) = await Send(caller.Key, "face", TestPictures.PathOf("astronaut.png"));
        var (_, none) = await Send(caller.Key, "face", TestPictures.PathOf("coffee.png"), ("PROVIDER", "builtin"));

        Assert.True(status == HttpStatusCode.OK, body.GetRawText());
        var face = Assert.Single(body.GetProperty("result").GetProperty("faceDetails").EnumerateArray());
        // 177, 66, 97 × 97 of a picture of 512 × 512.
        Assert.Equal([0.346, 0.129, 0.189, 0.189], new[] { "left", "top", "width", "height" }.Select(side => face.GetProperty("boundingBox").GetProperty(side).GetDouble()), (one, other) => Math.Abs(one - other) < 0.038);
        Assert.InRange(face.GetProperty("confidence").GetDouble(), 90, 100);
        Assert.Equal("[]", none.GetProperty("result").GetProperty("faceDetails").GetRawText());
        Assert.Equal(3, await shared.Balance(caller));
    }

    [Theory]
    [InlineData("landmark", "auto", 503, "PROVIDER_UNAVAILABLE", "Analysis:gcp:ApiKey")]
    [InlineData("localize", "gcp", 503, "PROVIDER_UNAVAILABLE", "Analysis:gcp:ApiKey")]
    [InlineData("landmark", "builtin", 400, "VALIDATION_ERROR", "builtin does not do landmark; these do: gcp, llm")]
    [InlineData("text", "ibm", 400, "VALIDATION_ERROR", "provider must be one of")]
    public async Task What_needs_a_provider_says_so(string task, string provider, int status, string code, string message)
    {
        using var files = new MediaFiles();
        var caller = await shared.App.Caller(5);
        var (answered, body) = await Send(caller.Key, task, await Sign(files, "sign.png"), ("PROVIDER", provider));

        Assert.Equal((status, code), ((int)answered, body.GetProperty("error").GetProperty("code").GetString()));
        Assert.Contains(message, body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(5, await shared.Balance(caller));
    }

    [Fact]
    public async Task The_provider_may_be_a_field_and_a_body_that_is_no_form_or_too_large_is_refused()
    {
        using var files = new MediaFiles();
        var caller = await shared.App.Caller(5);
        using var named = new MultipartFormDataContent { { new StringContent("GCP"), "provider" } };
        Add(named, await Sign(files, "sign.png"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await shared.Send("/v1/vision/text", named, caller.Key)).Status);

        using var text = new StringContent("a picture", Encoding.UTF8, "text/plain");
        Assert.Equal("UNSUPPORTED_MEDIA_TYPE", Code((await shared.Send("/v1/vision/text", text, caller.Key)).Body));
        using var empty = new MultipartFormDataContent { { new StringContent("x"), "other" } };
        Assert.Equal("file is required.", (await shared.Send("/v1/vision/text", empty, caller.Key)).Body.GetProperty("error").GetProperty("message").GetString());
        foreach (var bytes in new[] { (2 * 1024 * 1024) + 1, 4_000_000 })
        {
            using var large = new MultipartFormDataContent();
            Add(large, files.Write("large.png", new byte[bytes]));
            Assert.Equal("PAYLOAD_TOO_LARGE", Code((await shared.Send("/v1/vision/text", large, caller.Key)).Body));
        }
        var (status, broken) = await shared.Post("/v1/vision/text", "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.png\"\r\n\r\nhalf", "Content-Type: multipart/form-data; boundary=b", "Authorization: Bearer " + caller.Key);
        Assert.Equal((HttpStatusCode.BadRequest, "VALIDATION_ERROR"), (status, Code(broken)));
    }

    [Fact]
    public async Task A_picture_may_come_as_a_data_URI_in_JSON()
    {
        using var files = new MediaFiles();
        var caller = await shared.App.Caller(5);
        var uri = "data:image/png;base64," + Convert.ToBase64String(await File.ReadAllBytesAsync(await Sign(files, "sign.png"), TestContext.Current.CancellationToken));
        var (status, answer) = await caller.Post("/v1/vision/text", new { file = uri, provider = "builtin", language = "en" });

        Assert.Equal((HttpStatusCode.OK, "SPEED LIMIT"), (status, answer.GetProperty("result").GetProperty("textDetections")[0].GetProperty("detectedText").GetString()));
        foreach (var wrong in new[] { "https://example.com/a.png", "data:image/png;base64,%%%", "iVBORw0K", "data:image/png,abc" })
        {
            var (refused, body) = await caller.Post("/v1/vision/text", new { file = wrong });
            Assert.Equal((HttpStatusCode.BadRequest, "VALIDATION_ERROR"), (refused, Code(body)));
        }
    }

    [Fact]
    public async Task A_language_without_its_data_names_the_package()
    {
        using var files = new MediaFiles();
        var caller = await shared.App.Caller(5);
        using var form = new MultipartFormDataContent { { new StringContent("hi"), "language" } };
        Add(form, await Sign(files, "sign.png"));
        var (status, body) = await shared.Send("/v1/vision/text", form, caller.Key);

        if (status == HttpStatusCode.OK) Assert.Skip("The data for Hindi is installed here.");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("tesseract-ocr-hin", body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private async Task Refused(string path, string message)
    {
        var caller = await shared.App.Caller(1);
        var (status, body) = await Send(caller.Key, "text", path);
        Assert.Equal((HttpStatusCode.BadRequest, "VALIDATION_ERROR"), (status, Code(body)));
        Assert.Contains(message, body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await shared.Balance(caller));
    }

    /// <summary>SPEED LIMIT in black on white, as the kind of file that the name says.</summary>
    private static async Task<string> Sign(MediaFiles files, string name)
    {
        var plain = files.Path("plain.png");
        await MediaFiles.Ok(MediaFiles.Tools.Ffmpeg, "-v", "error", "-f", "lavfi", "-i", "color=white:size=600x200", "-vf",
            "drawtext=fontfile=/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf:text=SPEED LIMIT:fontsize=60:x=(w-text_w)/2:y=(h-text_h)/2", "-frames:v", "1", "-y", plain);
        var path = files.Path(name);
        switch (name)
        {
            case "cmyk.jpg": await MediaFiles.Ok(MediaFiles.Tools.Vips, "icc_transform", plain, path, "cmyk", "--input-profile", "srgb"); break;
            case "deep.png": await MediaFiles.Ok(MediaFiles.Tools.Vips, "colourspace", plain, path, "rgb16"); break;
            // Nothing but the letters: what shows through must not be black.
            case "clear.png": await MediaFiles.Ok(MediaFiles.Tools.Ffmpeg, "-v", "error", "-i", plain, "-vf", "colorkey=white:0.3:0.2,format=rgba", "-y", path); break;
            default: await MediaFiles.Ok(MediaFiles.Tools.Ffmpeg, "-v", "error", "-i", plain, "-y", path); break;
        }
        return path;
    }

    private async Task<(HttpStatusCode Status, JsonElement Body)> Send(string credential, string task, string path, params (string Name, string Value)[] headers)
    {
        using var form = new MultipartFormDataContent();
        Add(form, path);
        return await shared.Send("/v1/vision/" + task, form, credential, headers);
    }

    private static void Add(MultipartFormDataContent form, string path)
    {
        var content = new ByteArrayContent(File.ReadAllBytes(path));
        content.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        form.Add(content, "file", System.IO.Path.GetFileName(path));
    }

    private static string Code(JsonElement body) => body.GetProperty("error").GetProperty("code").GetString()!;
}
