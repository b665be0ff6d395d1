using System.Net;
using System.Text.Json;
using Rpd.Server.Media;
using Rpd.Server.Tests.Recognition;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Faces.Raypack;

public sealed class RaypackTests(RaypackApp shared) : IClassFixture<RaypackApp>
{
    private readonly App app = shared.App;

    [Fact]
    public async Task A_face_is_told_in_pixels_and_costs_a_credit()
    {
        var caller = await app.Caller(credits: 5);

        var (status, body) = await caller.Http.Json("/raypackfacev3", TestPictures.Astronaut, ("apikey", caller.Key), ("threshold", "0.9"), ("Mode", "JSON"), ("facemode", "default"), ("hex", "00ff00"));

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["totalfaces", "time", "faces"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal(1, body.GetProperty("totalfaces").GetInt32());
        Assert.InRange(body.GetProperty("time").GetDouble(), 0.001, 60);
        var face = Assert.Single(body.GetProperty("faces").EnumerateArray());
        Assert.Equal(["xpos", "ypos", "width", "height", "score"], face.EnumerateObject().Select(member => member.Name));
        Assert.InRange(face.GetProperty("xpos").GetInt32(), 158, 196);
        Assert.Equal(4, await caller.Settled(4));
        const string used = "select coalesce(max(t.said), '') from (select concat_ws('/', face, model, sum(requests), sum(credits)) as said from usage_hours where account_id = $1 group by face, model) t";
        for (var tries = 0; tries < 50 && await app.Scalar<string>(used, caller.Account) == ""; tries++) await Task.Delay(100);
        Assert.Equal("raypack/recognition-faces/1/1", await app.Scalar<string>(used, caller.Account));
    }

    [Theory]
    [InlineData("default")]
    [InlineData("pixel")]
    [InlineData("fill")]
    [InlineData("black")]
    public async Task Without_a_mode_the_answer_is_a_jpeg(string cover)
    {
        var caller = await app.Caller();

        var (status, type, body) = await caller.Http.Send("/raypackfacev3", TestPictures.Astronaut, ("facemode", cover), ("hex", "#FF0000"));

        Assert.Equal((HttpStatusCode.OK, "image/jpeg"), (status, type));
        Assert.Equal((512, 512), PictureSize.Of(body));
    }

    [Theory]
    [InlineData("mode")]
    [InlineData("facemode")]
    public async Task Jsonimage_is_both(string field)
    {
        var caller = await app.Caller();

        var (_, body) = await caller.Http.Json("/raypackfacev3", TestPictures.Astronaut, (field, "jsonimage"));

        Assert.Equal(1, body.GetProperty("totalfaces").GetInt32());
        Assert.Equal((512, 512), PictureSize.Of(body.GetProperty("image").GetBytesFromBase64()));
    }

    [Theory]
    [InlineData("url", "/astronaut.png")]
    [InlineData("imagef", "/astronaut.png")]
    [InlineData("File", "/there")]
    public async Task A_picture_may_be_an_address_under_each_of_its_names(string field, string path)
    {
        var caller = await app.Caller();
        var address = shared.World.Address(path).ToString();

        var (_, body) = await caller.Http.Json("/recog", null, (field, address), ("model", "4"));

        Assert.Equal(address, body.GetProperty("results").GetProperty("stats").GetProperty("originalfile").GetString());
        Assert.Equal(1, body.GetProperty("results").GetProperty("totalfaces").GetInt32());
    }

    [Fact]
    public async Task Model_41_tells_the_same_face_in_parts_of_the_picture()
    {
        var caller = await app.Caller();

        var (_, body) = await caller.Http.Json("/recog", TestPictures.Astronaut, ("model", "41"));

        var face = Assert.Single(body.GetProperty("results").GetProperty("faces").EnumerateArray());
        Assert.Equal(["top", "left", "right", "bottom", "score"], face.EnumerateObject().Select(member => member.Name));
        Assert.InRange(face.GetProperty("left").GetDouble(), 158 / 512.0, 196 / 512.0);
        Assert.InRange(face.GetProperty("bottom").GetDouble(), 144 / 512.0, 182 / 512.0);
    }

    [Fact]
    public async Task Model_9_tells_colours_with_names_in_both_languages()
    {
        var caller = await app.Caller(credits: 5);

        var (_, body) = await caller.Http.Json("/recog", TestPictures.Coffee, ("model", "9"));

        var first = body.GetProperty("results").GetProperty("colors")[0];
        Assert.Matches("^#[0-9a-f]{6}$", first.GetProperty("hex").GetString());
        Assert.NotEqual("", first.GetProperty("names").GetProperty("de").GetString());
        Assert.NotEqual("", first.GetProperty("names").GetProperty("en").GetString());
        Assert.InRange(first.GetProperty("percent").GetDouble(), 1, 100);
        Assert.Equal(4, await caller.Settled(4));
    }

    [Fact]
    public async Task Model_1_asks_the_configured_provider_in_the_callers_language_and_tells_what_it_is_sure_of()
    {
        var caller = await app.Caller(credits: 5);

        var (_, body) = await caller.Http.Json("/recog", TestPictures.Coffee, ("model", "1"), ("lang", "en"), ("threshold", "0.9"));

        Assert.Equal(["name", "version", "license", "results"], body.EnumerateObject().Select(member => member.Name));
        Assert.Equal("Raypack_AI_Filecontainer", body.GetProperty("name").GetString());
        var stats = body.GetProperty("results").GetProperty("stats");
        Assert.Equal(["modelname", "modelid", "originalfile", "starttime", "endtime", "duration"], stats.EnumerateObject().Select(member => member.Name));
        Assert.Equal(("Raypack_General", "1", "picture.png"), (stats.GetProperty("modelname").GetString(), stats.GetProperty("modelid").GetString(), stats.GetProperty("originalfile").GetString()));
        Assert.Equal("""[{"name":"pasta","value":"1.00000000"},{"name":"sauce","value":"0.97501550"}]""", body.GetProperty("results").GetProperty("tags").GetRawText());
        var asked = shared.Asked.Last(one => one.Body.Contains("\"language\":\"en\"", StringComparison.Ordinal));
        Assert.Equal(("/clarifai/v2/users/clarifai/apps/main/models/general-image-recognition/outputs", "Key secret-of-the-house"), (asked.Path, asked.Credential));
        var sent = JsonDocument.Parse(asked.Body).RootElement.GetProperty("inputs")[0].GetProperty("data").GetProperty("image").GetProperty("base64").GetBytesFromBase64();
        Assert.Equal("image/jpeg", FileKind.Of(sent));
        Assert.Equal(4, await caller.Settled(4));
    }

    [Fact]
    public async Task The_list_of_models_says_what_each_costs_and_what_is_not_configured()
    {
        var caller = await app.Caller();

        var (status, body) = await caller.Http.Json("/getmodels", null);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["1", "2", "4", "41", "9"], body.GetProperty("models").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        Assert.All(body.GetProperty("models").EnumerateArray(), model => Assert.Equal(1, model.GetProperty("credits").GetInt32()));
        Assert.Contains("Not configured", body.GetProperty("models")[1].GetProperty("description").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Not configured", body.GetProperty("models")[0].GetProperty("description").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_eight_at_once_each_is_answered_and_each_is_paid()
    {
        var caller = await app.Caller(credits: 100);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => caller.Http.Json("/raypackfacev3", TestPictures.Astronaut, ("mode", "json"))));

        Assert.All(answers, answer => Assert.Equal(1, answer.Body.GetProperty("totalfaces").GetInt32()));
        Assert.Equal(92, await caller.Settled(92));
    }

    /// <summary>
    /// The page's three calls. As printed none of them can run: the first ends in three dots; the second sends the key without its name, which curl itself
    /// refuses; the third has no key of ours and a file of its author's machine. All their other words are kept.
    /// </summary>
    [Fact]
    public async Task The_curl_samples_of_the_documentation_run_once_their_places_are_filled()
    {
        var caller = await app.Caller();

        var authorized = await Curl($"""curl -X POST -F "apikey={caller.Key}" {shared.Address}/getmodels""");
        var face = await Curl($"""
            curl -X POST -F "apikey={caller.Key}" \
            -F "threshold=0.9" -F "imagef={shared.World.Address("/astronaut.png")}" \
            -F "mode=json" -F "facemode=default" -F "hex=00ff00" "{shared.Address}/raypackfacev3"
            """);
        var tags = await Curl($"""
            curl -X POST -F "apikey={caller.Key}" -F "threshold=1.0" \
            -F "file=@{TestPictures.PathOf("coffee.png")}" \
            -F "model=1" -F "lang=de" "{shared.Address}/recog"
            """);

        Assert.Equal(5, authorized.GetProperty("models").GetArrayLength());
        Assert.Equal(1, face.GetProperty("totalfaces").GetInt32());
        Assert.Equal("""[{"name":"Nudeln","value":"1.00000000"}]""", tags.GetProperty("results").GetProperty("tags").GetRawText());
        Assert.Equal("coffee.png", tags.GetProperty("results").GetProperty("stats").GetProperty("originalfile").GetString());
    }

    private static async Task<JsonElement> Curl(string command)
    {
        var start = new System.Diagnostics.ProcessStartInfo("bash", ["-c", command.Replace("curl -X", "curl -sS -X", StringComparison.Ordinal)]) { RedirectStandardOutput = true };
        using var bash = System.Diagnostics.Process.Start(start)!;
        var said = await bash.StandardOutput.ReadToEndAsync();
        await bash.WaitForExitAsync();
        return JsonDocument.Parse(said).RootElement;
    }
}
