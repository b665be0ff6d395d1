namespace Rpd.Shared.Files;

/// <summary>Where one file may be uploaded to, straight into storage.</summary>
/// <param name="FileId">Confirm it with <c>POST /v1/files/confirm</c> after the upload.</param>
/// <param name="UploadUrl">Works without a key, for this file alone, until <paramref name="ExpiresAt"/>.</param>
/// <param name="Method">Always <c>PUT</c>.</param>
/// <param name="Headers">To be sent with the upload as they are: the address is bound to the content type.</param>
/// <param name="MaxBytes">With <c>sizeBytes</c> exactly that many are taken; without it at most this many.</param>
/// <param name="ExpiresAt">15 minutes from now. An upload must have begun by then, and be confirmed within an hour after it.</param>
public sealed record UploadView(Guid FileId, string UploadUrl, string Method, IReadOnlyDictionary<string, string> Headers, long MaxBytes, DateTimeOffset ExpiresAt);

/// <summary>One's own upload. As an input of a generation it is called <c>file:&lt;fileId&gt;</c>.</summary>
/// <param name="Url">Signed for 24 hours, minted at read; null until it is confirmed.</param>
/// <param name="ContentType">As announced; once confirmed, what the bytes are.</param>
/// <param name="Size">In bytes; null until it is confirmed.</param>
/// <param name="Sha256">64 hexadecimal digits; null until it is confirmed.</param>
/// <param name="Status"><c>pending</c> or <c>confirmed</c>.</param>
/// <param name="Width">Pixels, of pictures and videos.</param>
/// <param name="Height">Pixels, of pictures and videos.</param>
/// <param name="DurationSeconds">Of sound and videos.</param>
public sealed record FileView(
    Guid FileId, string? Url, string ContentType, long? Size, string? Sha256, [property: OneOf(typeof(FileStatus))] string Status, string Filename, int? Width, int? Height, double? DurationSeconds,
    DateTimeOffset CreatedAt, DateTimeOffset? ConfirmedAt);
