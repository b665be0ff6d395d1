namespace Rpd.Server.Prompts;

/// <summary>A side of a picture, clip or sound that a prompt may speak of, and the words that tell that it does.</summary>
public sealed class Aspect(params IReadOnlyList<string> words)
{
    public static readonly Aspect Light = new(
        "light", "lights", "lighting", "lit", "sunlight", "sunlit", "sunset", "sunrise", "golden", "dusk", "dawn", "night", "moonlight", "moonlit", "neon", "candlelight", "backlit",
        "backlight", "shadow", "shadows", "glow", "glowing", "dark", "bright", "noon", "twilight", "overcast", "silhouette", "lantern", "firelight");

    public static readonly Aspect Framing = new(
        "close-up", "closeup", "wide", "wide-angle", "angle", "shot", "composition", "framing", "framed", "centered", "centred", "symmetrical", "overhead", "aerial", "macro", "view",
        "perspective", "foreground", "panorama", "bokeh", "portrait", "headshot", "isometric", "top-down", "full-body");

    public static readonly Aspect Detail = new(
        "detailed", "detail", "details", "intricate", "sharp", "4k", "8k", "hd", "texture", "textured", "textures", "realistic", "photorealistic", "minimalist", "minimal", "simple");

    public static readonly Aspect Colour = new(
        "color", "colour", "colors", "colours", "colorful", "colourful", "palette", "monochrome", "black-and-white", "pastel", "vibrant", "muted", "saturated", "sepia", "grayscale");

    public static readonly Aspect Mood = new(
        "mood", "moody", "atmosphere", "atmospheric", "serene", "dramatic", "cozy", "cosy", "melancholic", "joyful", "peaceful", "eerie", "calm", "mysterious", "epic", "tranquil", "gloomy");

    public static readonly Aspect Style = new(
        "painting", "photo", "photograph", "photography", "illustration", "watercolor", "watercolour", "sketch", "render", "3d", "anime", "cartoon", "pixel", "vector", "cinematic", "style",
        "drawing", "comic", "sculpture", "engraving", "woodcut", "poster", "claymation");

    public static readonly Aspect Camera = new(
        "camera", "pan", "pans", "panning", "dolly", "zoom", "zooms", "zooming", "tracking", "orbit", "orbits", "orbiting", "handheld", "crane", "tilt", "tilts", "drone", "static", "pov",
        "timelapse", "time-lapse", "steadicam", "fly-through", "flythrough");

    public static readonly Aspect Motion = new(
        "running", "runs", "walking", "walks", "flying", "flies", "moving", "moves", "motion", "dancing", "dances", "swaying", "flowing", "flows", "drifting", "drifts", "slow-motion",
        "jumping", "jumps", "swimming", "swims", "spinning", "spins", "turning", "turns", "waving", "falling", "falls", "rolling", "riding", "driving", "talking", "smiling", "blowing");

    public static readonly Aspect Recording = new(
        "recording", "recorded", "stereo", "mono", "mix", "mixed", "mastered", "clean", "crisp", "lo-fi", "lofi", "hi-fi", "reverb", "dry");

    public static readonly Aspect Tempo = new("tempo", "bpm", "slow", "fast", "upbeat", "downtempo", "rhythm", "steady", "driving", "loop", "looping");

    public bool IsIn(IReadOnlySet<string> prompt) => words.Any(prompt.Contains);
}

/// <param name="Text">What would be added to a prompt that says nothing of <paramref name="Aspect"/>.</param>
public sealed record Addition(Aspect Aspect, string Text);
