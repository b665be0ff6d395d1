using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Recognition;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Faces.Raypack;

/// <summary>Every row of that service's table of errors, with the HTTP status that belongs to it.</summary>
public sealed class RaypackErrorTests(RaypackApp shared, TestPostgres postgres) : IClassFixture<RaypackApp>
{
    private readonly App app = shared.App;

    [Fact]
    public async Task A_key_that_nobody_has_is_500_one_that_is_missing_501_and_one_of_another_form_502()
    {
        var caller = await app.Caller();
        var revoked = await app.Caller();
        await app.Execute("update api_keys set revoked_at = now() where account_id = $1", revoked.Account);
        using var stranger = app.CreateClient();

        Assert.Equal((401, 501), await Code(stranger, []));
        Assert.Equal((401, 502), await Code(stranger, [("apikey", "meowmeowmeow")]));
        Assert.Equal((401, 502), await Code(stranger, [("apikey", caller.Key[..^1] + (caller.Key[^1] == 'a' ? 'b' : 'a'))]));
        Assert.Equal((401, 500), await Code(stranger, [("apikey", revoked.Key)]));
        Assert.Equal((401, 500), await Code(stranger, [("apikey", caller.Key), ("APIKEY", revoked.Key)]));
    }

    [Fact]
    public async Task A_key_may_come_as_a_field_or_a_header_in_any_case_and_needs_its_scope()
    {
        var caller = await app.Caller();
        using var stranger = app.CreateClient();
        using var named = app.CreateClient();
        named.DefaultRequestHeaders.Add("ApiKey", caller.Key);

        Assert.Equal((200, 0), await Code(stranger, [("ApiKey", caller.Key)]));
        Assert.Equal((200, 0), await Code(named, []));
        Assert.Equal((200, 0), await Code(caller.Http, []));
        await app.Execute("update api_keys set scopes = '{read}' where account_id = $1", caller.Account);
        await using var twin = app.Twin();
        using var narrow = twin.CreateClient();
        Assert.Equal((403, 500), await Code(narrow, [("apikey", caller.Key)]));
    }

    [Fact]
    public async Task An_empty_balance_is_505_and_so_are_too_many_calls()
    {
        var poor = await app.Caller(credits: 0);
        var hasty = await app.Caller(plan: "free");

        Assert.Equal((402, 505), await Code(poor.Http, [("model", "9")], TestPictures.Coffee, "/recog"));
        var codes = new List<(int, int)>();
        for (var call = 0; call < 61; call++) codes.Add(await Code(hasty.Http, []));
        Assert.Equal((429, 505), codes[^1]);
    }

    [Theory]
    [InlineData("", 400)]
    [InlineData("11", 400)]
    [InlineData("face", 400)]
    [InlineData("3", 501)]
    [InlineData("10", 501)]
    public async Task A_model_that_is_not_there_is_506(string model, int status)
    {
        var caller = await app.Caller();

        Assert.Equal((status, 506), await Code(caller.Http, [("model", model)], TestPictures.Coffee, "/recog"));
        Assert.Equal(1000, await caller.Settled(1000));
    }

    [Fact]
    public async Task What_is_not_configured_or_not_installed_is_503_and_says_what_is_missing()
    {
        var caller = await app.Caller();
        await using var bare = await App.Start(postgres, ("Recognition:Cascades", "/nowhere"), ("Recognition:Food:Provider", "chat"), ("Recognition:Food:Model", "nobody-serves-it"));
        var other = await bare.Caller();

        var (status, body) = await caller.Http.Json("/recog", TestPictures.Coffee, ("model", "2"));
        Assert.Equal((503, 503), ((int)status, Number(body)));
        Assert.Contains("Recognition:Food:Provider", Said(body), StringComparison.Ordinal);

        (status, body) = await other.Http.Json("/raypackfacev3", TestPictures.Coffee);
        Assert.Equal((503, 503), ((int)status, Number(body)));
        Assert.Contains("opencv-data", Said(body), StringComparison.Ordinal);

        // The model's own fault is 507.
        (status, body) = await other.Http.Json("/recog", TestPictures.Coffee, ("model", "2"));
        Assert.Equal((502, 507), ((int)status, Number(body)));
        Assert.Equal(1000, await other.Settled(1000));
    }

    [Fact]
    public async Task Nothing_found_is_508_beside_the_usual_answer_and_free()
    {
        var caller = await app.Caller();

        var (status, body) = await caller.Http.Json("/recog", TestPictures.Coffee, ("model", "4"));
        var (faceStatus, faces) = await caller.Http.Json("/raypackfacev3", TestPictures.Coffee, ("mode", "json"));

        Assert.Equal((HttpStatusCode.OK, 508), (status, Number(body)));
        Assert.Equal(0, body.GetProperty("results").GetProperty("totalfaces").GetInt32());
        Assert.Equal((HttpStatusCode.OK, 0), (faceStatus, faces.GetProperty("totalfaces").GetInt32()));
        Assert.False(faces.TryGetProperty("error", out _));
        Assert.Equal(1000, await caller.Settled(1000));
    }

    [Fact]
    public async Task Fields_that_make_no_sense_are_all_named_at_once()
    {
        var caller = await app.Caller();

        var (status, body) = await caller.Http.Json("/raypackfacev3", TestPictures.Astronaut, ("threshold", "high"), ("mode", "video"), ("facemode", "smile"), ("facefinder", "4"), ("hex", "green"));

        Assert.Equal((HttpStatusCode.BadRequest, 507), (status, Number(body)));
        foreach (var field in new[] { "threshold", "mode", "facemode", "facefinder", "hex" }) Assert.Contains(field, Said(body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Pictures_that_are_none_and_addresses_that_lead_nowhere_are_refused_and_free()
    {
        var caller = await app.Caller();
        (byte[]? File, string? Address, int Status, string Says)[] bad =
        [
            (null, null, 400, "Send a picture"), ("<svg xmlns=\"http://www.w3.org/2000/svg\"/>"u8.ToArray(), null, 400, "no picture"), (TestPictures.Astronaut[..100_000], null, 400, "damaged"),
            (new byte[2_100_000], null, 413, "MB"), (null, "ftp://example.org/a.png", 400, "http"), (null, "astronaut.png", 400, "http"), (null, "http://10.0.0.1/a.png", 400, "could not be fetched"),
            (null, Elsewhere("/inside"), 400, "could not be fetched"), (null, Elsewhere("/endless"), 400, "larger"), (null, Elsewhere("/slow"), 400, "2 s"), (null, Elsewhere("/nothing"), 400, "404"), (null, Elsewhere("/page.jpg"), 400, "no picture"),
        ];

        foreach (var (file, address, status, says) in bad)
        {
            var (found, body) = await caller.Http.Json("/raypackfacev3", file, address is null ? [] : [("url", address)]);
            Assert.Equal((status, 507), ((int)found, Number(body)));
            Assert.Contains(says, Said(body), StringComparison.Ordinal);
        }
        Assert.Equal(1000, await caller.Settled(1000));
    }

    [Fact]
    public async Task Other_methods_and_other_bodies_are_refused_in_the_same_words()
    {
        var caller = await app.Caller();

        using var got = await caller.Http.GetAsync("/recog");
        var (status, body) = await caller.PostText("/recog", "{\"model\":1}");
        using var keyed = await caller.Http.PostAsync($"/getmodels?apikey={caller.Key}", null);

        Assert.Equal(HttpStatusCode.MethodNotAllowed, got.StatusCode);
        Assert.True(JsonDocument.Parse(await got.Content.ReadAsStringAsync()).RootElement.GetProperty("error").GetProperty("code").GetInt32() > 0);
        Assert.Equal((HttpStatusCode.UnsupportedMediaType, 507), (status, Number(body)));
        Assert.Equal(HttpStatusCode.BadRequest, keyed.StatusCode);
    }

    private string Elsewhere(string path) => shared.World.Address(path).ToString();

    private static async Task<(int Status, int Code)> Code(HttpClient http, (string, string)[] fields, byte[]? file = null, string path = "/getmodels")
    {
        var (status, body) = await http.Json(path, file, fields);
        return ((int)status, body.TryGetProperty("error", out _) ? Number(body) : 0);
    }

    private static int Number(JsonElement body) => body.GetProperty("error").GetProperty("code").GetInt32();

    private static string Said(JsonElement body) => body.GetProperty("error").GetProperty("message").GetString()!;
}
