using System.Text.Json;

namespace Rpd.Server.Operator;

public sealed record DemoArtist(string Handle, string Name)
{
    public string Email => $"{Handle}@demo.invalid";
}

/// <param name="Request">A request as the API takes it.</param>
public sealed record DemoWork(string Artist, JsonElement Request)
{
    public IEnumerable<string> ParamNames => Request.GetProperty("params").EnumerateObject().Select(param => param.Name);
}

/// <summary>What the demo shows: three artists with pictures of every mood and shape that Studio has, films, a tune and a voice.</summary>
public static class DemoWorks
{
    public static readonly IReadOnlyList<DemoArtist> Artists = [new("mira", "Mira Sol"), new("tomas", "Tomas Hale"), new("yuki", "Yuki Arai")];

    public static readonly IReadOnlyList<DemoWork> All =
    [
        Sketch("mira", "Gold run", "A golden retriever running through a sunflower field, cinematic lighting", "16:9", 11),
        Sketch("tomas", "First light", "Snowy mountains at sunrise above a lake, birds in the sky", "3:2", 4),
        Sketch("yuki", "Neon rain", "A city at night in the rain, neon, cyberpunk", "9:16", 21),
        Sketch("mira", "Lighthouse", "A lighthouse on a cliff by the sea at sunset, sailing boat, warm colours", "4:3", 8),
        Sketch("tomas", "Dunes", "A camel in the desert under a huge sun, minimal style", "16:9", 15),
        Sketch("yuki", "Koi", "Fish in a blue pond, watercolour", "1:1", 3),
        Film("mira", "The run", "A golden retriever running through a sunflower field, cinematic lighting", "track", 11),
        Sketch("mira", "Fox in the snow", "A red fox in a snowy forest, soft light", "2:3", 19),
        Sketch("tomas", "Night drive", "A red car on a road through hills at night, full moon", "16:9", 6),
        Sketch("yuki", "Orbit", "A rocket in space with planets and stars", "3:4", 27),
        Sketch("mira", "Lavender", "A lavender field with a small house and hills, oil painting", "3:2", 31),
        Sketch("tomas", "Storm", "A sailing ship on a stormy sea with lightning, dark mood", "4:3", 12),
        Sketch("yuki", "Cherry spring", "A woman walking under cherry blossom trees, pastel colours", "9:16", 5),
        Sketch("mira", "Three cats", "Three cats on a windowsill in a cosy room, evening", "4:3", 9),
        Sketch("tomas", "Harbour", "Fishing boats in a harbour town in the morning fog", "16:9", 14),
        Sketch("yuki", "Pixel forest", "A forest with a deer at dusk, pixel art", "1:1", 2),
        Sketch("mira", "Tulips", "Tulip field with a windmill on a sunny day", "3:2", 17),
        Sketch("tomas", "Northern lights", "Aurora over snowy mountains and a wooden cabin", "2:3", 23),
        Sketch("yuki", "Balloons", "Hot air balloons over mountains at dawn", "16:9", 20),
        Sketch("mira", "Horses", "Two horses on a green meadow, vintage", "4:3", 25),
        Sketch("tomas", "Noir", "A city street in fog, noir, black and white", "3:4", 33),
        Sketch("yuki", "Island", "A tropical island with palm trees, turquoise sea", "16:9", 29),
        Sketch("mira", "Autumn", "Autumn forest with a path and a dog, golden leaves", "2:3", 13),
        Sketch("tomas", "Castle", "A castle on a hill under a starry night", "3:2", 7),
        Sketch("yuki", "Train", "A train crossing a bridge in a mountain valley", "21:9", 18),
        Tune("yuki", "Rain on the window", "A calm, dreamy piano in the rain", 4),
        Film("tomas", "A day at sea", "A sailing boat on the sea at sunset, turning to night, stars", "pan right", 16),
        Voice("tomas", "Welcome", "Welcome to RPD Create. Everything you see and hear here was made on this very server."),
    ];

    private static DemoWork Sketch(string artist, string title, string prompt, string aspectRatio, int seed) =>
        Work(artist, "text2image", "studio-sketch", title, prompt, new { aspectRatio, seed });

    private static DemoWork Film(string artist, string title, string prompt, string camera, int seed) =>
        Work(artist, "text2video", "studio-motion", title, prompt, new { duration = 4, width = 960, height = 540, camera, seed });

    private static DemoWork Tune(string artist, string title, string prompt, int seed) =>
        Work(artist, "audio", "studio-tune", title, prompt, new { duration = 20, seed });

    private static DemoWork Voice(string artist, string title, string prompt) => Work(artist, "audio", "studio-voice", title, prompt, new { });

    private static DemoWork Work(string artist, string type, string model, string title, string prompt, object @params) =>
        new(artist, JsonSerializer.SerializeToElement(new { type, provider = "studio", model, title, prompt, visibility = "public", @params }));
}
