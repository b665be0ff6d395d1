using System.ComponentModel.DataAnnotations;

namespace Rpd.Server.Files;

/// <summary>Section <c>Files</c>. How much an account may keep and upload is its plan's.</summary>
public sealed record UploadOptions
{
    /// <summary>Uploads of one account that may wait for their bytes or their confirmation.</summary>
    [Range(1, 100_000)]
    public int PendingMax { get; init; } = 100;

    /// <summary>For how long an address to upload to works.</summary>
    [Range(1, 24 * 60)]
    public int UploadMinutes { get; init; } = 15;

    /// <summary>For how long after that an upload may go on and be confirmed; then it is deleted.</summary>
    [Range(1, 7 * 24 * 60)]
    public int ConfirmMinutes { get; init; } = 60;
}
