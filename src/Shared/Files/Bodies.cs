using System.ComponentModel.DataAnnotations;

namespace Rpd.Shared.Files;

/// <summary>A file to be uploaded.</summary>
public sealed record NewUploadBody
{
    /// <summary>As you call it; it is only shown.</summary>
    [StringLength(255)]
    public required string Filename { get; init; }

    /// <summary>
    /// <c>image/png</c>, <c>image/jpeg</c>, <c>image/webp</c>, <c>image/gif</c>, <c>video/mp4</c>, <c>video/webm</c>, <c>video/quicktime</c>, <c>audio/mpeg</c>,
    /// <c>audio/wav</c>, <c>audio/ogg</c>, <c>audio/mp4</c>, <c>audio/flac</c>, <c>audio/aac</c> or <c>audio/webm</c>, and what browsers also call these.
    /// </summary>
    [StringLength(100)]
    public required string ContentType { get; init; }

    /// <summary>The file's exact length. Without it as many bytes are set aside as your plan allows for one file.</summary>
    [Range(1, 1_000_000_000_000)]
    public long? SizeBytes { get; init; }
}

/// <summary>An upload that is complete.</summary>
public sealed record FileConfirmationBody
{
    /// <summary>As the answer to <c>POST /v1/files/upload-url</c> named it.</summary>
    public required Guid FileId { get; init; }
}

/// <summary>Which of one's files to list.</summary>
/// <param name="Status">Confirmed ones unless told otherwise.</param>
public sealed record FileFilter([property: OneOf(typeof(FileStatus))] string? Status = null);

/// <summary>What has become of an upload.</summary>
public static class FileStatus
{
    public const string Pending = "pending", Confirmed = "confirmed";

    public static readonly IReadOnlyList<string> All = [Confirmed, Pending];
}

/// <summary>A file that is gone.</summary>
/// <param name="Deleted">Always true.</param>
public sealed record DeletedFileView(Guid FileId, bool Deleted);
