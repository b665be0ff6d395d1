namespace Rpd.Server.Catalog;

/// <summary>The catalogue's words for inputs, as a request calls them. What is not here is a param.</summary>
public static class InputFields
{
    public static string? Of(string input) => input switch
    {
        "image" => "inputImageUrl",
        "video" => "inputVideoUrl",
        "audio" => "inputAudioUrl",
        "text" or "script" or "prompt" => "prompt",
        "upstreamVideoId" or "upstreamGenerationId" => "parentId",
        _ => null,
    };
}
