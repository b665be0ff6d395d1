namespace Rpd.Shared.Analysis;

/// <summary>A picture to be looked at.</summary>
public sealed record PictureAnalysisBody
{
    /// <summary>JPEG, PNG, GIF (its first frame), BMP, WebP or TIFF of 2 MB and 40 megapixels at most: the file of a form; in JSON a data URI.</summary>
    public required string File { get; init; }

    /// <summary>Who is to look at it. Default <c>auto</c>: the first that is configured. The header <c>PROVIDER</c> says the same, and goes first.</summary>
    [OneOf(typeof(TextProviders))]
    public string? Provider { get; init; }

    /// <summary>Of what is written in it, for <c>/v1/vision/text</c> by <c>builtin</c>. Default <c>auto</c>: the languages in Latin letters that are installed.</summary>
    [OneOf(typeof(TextLanguages))]
    public string? Language { get; init; }
}
