namespace Rpd.Shared.Generations;

public static class GenerationStatus
{
    public const string Queued = "queued", Processing = "processing", Completed = "completed", Failed = "failed", Cancelled = "cancelled";

    public static readonly IReadOnlyList<string> All = [Queued, Processing, Completed, Failed, Cancelled];

    public static bool Ended(string status) => status is Completed or Failed or Cancelled;
}

public static class GenerationTypes
{
    public const string TextToImage = "text2image", Audio = "audio";

    public static readonly IReadOnlyList<string> All =
    [
        "text2image", "image2image", "text2video", "image2video", "video2video", "avatar",
        "animation", "upscale", "extend", "effect", "audio", "motion_transfer",
    ];
}

public static class Visibility
{
    public const string Private = "private", Unlisted = "unlisted", Public = "public";

    public static readonly IReadOnlyList<string> All = [Private, Unlisted, Public];
}
