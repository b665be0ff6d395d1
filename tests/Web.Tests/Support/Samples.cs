using System.Text.Json;
using Rpd.Shared;
using Rpd.Shared.Accounts;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Catalog;
using Rpd.Shared.Credits;
using Rpd.Shared.Explore;
using Rpd.Shared.Generations;
using Rpd.Web.Accounts;
using Rpd.Web.ApiKeys;
using Rpd.Web.Credits;
using Rpd.Web.Docs;
using Rpd.Web.Explore;
using Rpd.Web.Landing;
using Rpd.Web.Library;
using Rpd.Web.Playground;
using Rpd.Web.Status;
using Rpd.Web.Ui;

namespace Rpd.Web.Tests.Support;

/// <summary>Records as the server would hand them over.</summary>
public static class Samples
{
    public const string Base = "https://create.example";
    public static readonly DateTimeOffset Now = new(2026, 11, 20, 17, 40, 0, TimeSpan.Zero);
    public static readonly Viewer Viewer = new(Id(1), "mara", "Mara Lindqvist", "mara@example.org", 1240, false, "s-81f3");
    public static readonly AuthorView Author = new(Id(2), "tomas", "Tomás Rey", null);

    private static readonly (string Prompt, int Width, int Height)[] Works =
    [
        ("A lighthouse in fog, seen from a small boat, early morning light", 1536, 1024), ("Portrait of a beekeeper, late sun, shallow focus", 1024, 1536),
        ("Red bicycle against a turquoise wall", 1024, 1024), ("Night market in the rain, wide lens, reflections", 1792, 768),
        ("Paper cut-out of a mountain range, five layers", 1024, 768), ("A heron landing on still water", 1024, 1280),
        ("Brutalist library, morning, two people on the stairs", 1344, 768), ("Bowl of cherries, oil on canvas, thick strokes", 1024, 1024),
        ("Astronaut asleep in a greenhouse", 768, 1344), ("Dunes at dusk, long shadows, aerial", 1536, 1024), ("Old tram in Lisbon, film grain", 1024, 1365), ("Ink drawing of a fox among ferns", 1200, 1000),
    ];

    public static readonly DocsChapter Chapter = new("models", "Models", "The catalogue: what can run.",
    [
        new("listModels", "GET", "/v1/models", "List models", "All of them, by `type`.\n\nWhole.", "A key is optional.", [new("type", "query, string", false, "Only `these`.", ["text2image", "audio"])], [],
            [new("id", "string", true, null, []), new("params", "object", true, "What it <takes>.", [])], new("GET", Base + "/v1/models?type=audio", null, false), 200, "{}", [new(400, "VALIDATION_ERROR", "Something is wrong.")]),
        new("createModel", "POST", "/v1/models", "Create a model", null, "Needs a key.", [], [new("name", "string", true, "Its name.", [])],
            [], new("POST", Base + "/v1/models", "{\n  \"name\": \"it's\",\n  \"on\": true,\n  \"off\": null\n}", true), 201, "{}", []),
    ]);

    public static Guid Id(int n) => Guid.Parse($"0193{n:x4}-7a1c-7000-8000-00000000{n:x4}");

    public static ExploreItem Item(int n)
    {
        var (prompt, width, height) = Works[n % Works.Length];
        return n % 11 == 9
            ? new(Id(100 + n), null, "Good evening, and welcome aboard the night train to Lisbon.", "audio", "studio-voice", "studio", Author, "audio/mpeg", [], null, null, null, 14.2, 3, false, Now)
            : new(Id(100 + n), null, prompt, n % 7 == 5 ? "text2video" : "text2image", "studio-sketch", "studio", Author, n % 7 == 5 ? "video/mp4" : "image/webp",
                [new(480, 480 * height / width, $"/media/{Id(500 + n)}/480.webp"), new(960, 960 * height / width, $"/media/{Id(500 + n)}/960.webp")],
                "LEHV6nWB2yk8pyo0adR*.7kCMdnj", width, height, n % 7 == 5 ? 6 : null, n, false, Now.AddHours(-n));
    }

    public static Page<ExploreItem> Explore(int count, string? next = null) => new([.. Enumerable.Range(0, count).Select(Item)], next);

    public static IReadOnlyDictionary<string, JsonElement> Json(string text) => JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(text)!;

    public static ModelView Model(string id = "kling-3.0", string type = "text2video", string parameters = """{"aspectRatios":["16:9","9:16","1:1"],"durations":[3,5,10],"resolutions":["720p","1080p","4k"],"defaultDuration":5,"defaultAspectRatio":"16:9","audio":["native","off"],"multiShot":true,"promptMax":3072,"seed":false}""", bool available = true) =>
        new(id, "model", 0, "kling", "kling", "Kling 3.0", "Video.", [type], "standard", "high", "second", 2, null, null, null, true, Json(parameters),
            new Dictionary<string, IReadOnlyList<string>>(), available, available ? null : "Needs Providers:Kling:ApiKey", "active");

    public static readonly IReadOnlyList<ModelView> Models =
    [
        Model() with { },
        new("studio-sketch", "model", 0, "studio", "studio", "Studio Sketch", "Pictures.", ["text2image", "image2image"], "fast", "standard", "image", null, 1, null, null, false,
            Json("""{"aspectRatios":["1:1","16:9","9:16","4:3","3:4"],"defaultAspectRatio":"1:1","seed":[0,4294967294],"stylePresets":["photographic","line-art","pixel-art","comic-book","origami"],"cfgScale":[1,10]}"""),
            new Dictionary<string, IReadOnlyList<string>> { ["image2image"] = ["image", "strength"] }, true, null, "active"),
        new("flux-2-pro", "model", 0, "bfl", "flux", "FLUX 2 Pro", "Pictures.", ["text2image"], "standard", "ultra", "image", null, 4, null, null, false, Json("{}"),
            new Dictionary<string, IReadOnlyList<string>>(), false, "Needs Providers:Flux:ApiKey", "preview"),
        new("studio-voice", "model", 0, "studio", "studio", "Studio Voice", "Speech.", ["audio"], "fast", "standard", "1k_chars", null, null, null, 1, true,
            Json("""{"voices":["alloy","ash"],"speed":[0.8,2.0]}"""), new Dictionary<string, IReadOnlyList<string>> { ["audio"] = ["text"] }, true, null, "active"),
    ];

    public static GenerationView Generation(int n, string status = "completed", string type = "text2image") => new(
        Id(300 + n), status, status == "processing" ? 42 : status == "completed" ? 100 : 0, status == "queued" ? 3 : null, status is "queued" or "processing" ? 25 : null, type, "studio", "studio-sketch",
        Works[n % Works.Length].Prompt, null, null, Json("""{"aspectRatio":"4:3","seed":1234}"""), 1, [], [],
        status == "completed" ? [Output(n, type)] : [], status == "failed" ? new("PROVIDER_TIMEOUT", "The provider did not finish in time.") : null,
        10, status is "failed" or "cancelled" ? 10 : 0, n % 3 == 0 ? "public" : "private", null, null, null, Now, Now.AddSeconds(2), status == "completed" ? Now.AddSeconds(14) : null,
        status is "queued" or "processing" ? Now.AddMinutes(10) : null, new(10, status == "completed" ? 10 : 0, status == "failed" ? 10 : 0, 1240), 3);

    private static OutputView Output(int n, string type) => type == "audio"
        ? new($"/media/{Id(500 + n)}/voice.mp3", "audio/mpeg", null, null, 14.2, 240_000, null, null, [])
        : new($"/media/{Id(500 + n)}/full.webp", "image/webp", 1024, 768, null, 1_400_000, $"/media/{Id(500 + n)}/480.webp", "LEHV6nWB2yk8pyo0adR*.7kCMdnj", [new(480, 360, $"/media/{Id(500 + n)}/480.webp")]);

    public static readonly PriceModel Price = new(new(10, new("second", 5, 2, 1, 10)), null, 1240);
    public static readonly ApiKeyView Key = new(Id(700), "Website", "rpd_sk_A1b2", "9fQz", ["generate", "read"], Now.AddDays(90), new(500, "month", 122), ["10.0.0.0/8"], Now, "203.0.113.7", "active", Now.AddDays(-3), Now.AddDays(1));

    public static PlaygroundModel Playground(string type = "text2image", string model = "studio-sketch", FormErrors? errors = null, bool empty = false) => new(
        new() { Type = type, Model = model, Provider = Models.Single(m => m.Id == model).Provider, Prompt = errors is null && empty ? null : "A heron landing on still water", RequestId = "req-1", Params = new Dictionary<string, string> { ["aspectRatio"] = "16:9", ["seed"] = "7" } },
        errors ?? FormErrors.None, Models, Price,
        empty ? [] : [Generation(1, "processing"), Generation(2, "queued", "text2video"), Generation(3), Generation(4, "failed"), Generation(5), Generation(6, "completed", "audio"), Generation(7), Generation(8, "cancelled")], Base);

    public static readonly LandingModel Landing = new([.. Enumerable.Range(0, 12).Select(Item)], true, 50, 42, 6, false);
    public static readonly ExploreModel ExplorePage = new(new(), Explore(48, "eyJhIjoxfQ.abc-_"), null, [new("studio-sketch", "Studio Sketch")], false);
    public static readonly WorkModel Work = new(
        new(Item(0))
        {
            Outputs = [new($"/media/{Id(500)}/full.webp", "image/webp", 1536, 1024, null, 2_000_000, null, "LEHV6nWB2yk8pyo0adR*.7kCMdnj", [])],
            Params = Json("""{"aspectRatio":"3:2","seed":99}"""),
            NegativePrompt = "text, watermark",
            ParentId = Id(105),
            Tags = ["cinematic"],
        },
        "Studio Sketch", Base, true, Id(101), Id(102));
    public static readonly KeysModel Keys = new([Key, Key with { Id = Id(701), Name = "Notebook", Status = "disabled", Cap = null, AllowedIps = [], LastUsedAt = null, ExpiresAt = null, OldSecretUntil = null }], new(), FormErrors.None, null, Base);
    public static readonly CreditsModel Credits = new(new(1240, 20, new(40, 200, 1000), 0, "creator", 200, Now.AddDays(11), 50),
        new([new(4, Now, "settle", 10, "purchased", 1240, new("generation", Id(304).ToString()), null), new(3, Now, "reserve", -10, "purchased", 1230, new("generation", Id(304).ToString()), null), new(2, Now, "purchase", 1000, "purchased", 1240, null, "Pack: large"), new(1, Now, "grant", 240, "promo", 240, null, "Welcome")], "c2"), null);

    public static GenerationModel GenerationPage(GenerationView run, long? returns = null, FormErrors? errors = null) =>
        new(run, "Studio Sketch", new() { Title = run.Title, Visibility = run.Visibility }, errors ?? FormErrors.None, returns, Base);

    public static SessionsModel Sessions => new([
        new(Id(800), "Firefox on Linux", "203.0.113.7", Now.AddDays(-2), Now, true), new(Id(801), "Safari on iPhone", "198.51.100.4", Now.AddDays(-9), Now.AddHours(-5), false),
        new(Id(802), "Chrome on Windows", "192.0.2.44", Now.AddDays(-30), Now.AddDays(-12), false)]);

    public static SettingsModel Settings => new(new(Viewer.AccountId, Viewer.Email, Viewer.Handle, Viewer.DisplayName, "creator", true, Now.AddMonths(-4)),
        new() { DisplayName = Viewer.DisplayName, Handle = Viewer.Handle, Bio = "Ink and fog.", TimeZone = TimeZones.Automatic }, FormErrors.None, null, ["Asia/Tokyo", "Europe/Berlin"], null);

    public static StatusModel Status(int code) => new(code, "req_0193a7c0f00d7000800000000000beef", code == 429 ? 24 : null);
}
