namespace Rpd.Server.Files;

/// <summary>Something that an account has uploaded, or may upload now.</summary>
public sealed class UploadedFile
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }

    /// <summary>As the uploader calls it; only shown, never a path.</summary>
    public required string Name { get; init; }

    /// <summary>As announced; once confirmed, what the bytes are.</summary>
    public required string ContentType { get; init; }

    /// <summary>What counts against the account's storage.</summary>
    public long Bytes { get; init; }

    /// <summary>Whether <see cref="Bytes"/> was announced, and so is exact, or is only the most that may come.</summary>
    public bool SizeSigned { get; init; }

    /// <summary>Null until it is confirmed.</summary>
    public string? StorageKey { get; init; }
    public byte[]? Sha256 { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }
    public double? DurationSeconds { get; init; }
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>Until when an upload may begin.</summary>
    public DateTimeOffset ExpiresAt { get; init; }
    public DateTimeOffset? ConfirmedAt { get; init; }

    /// <summary>When <see cref="SweepUploads"/> looks after it.</summary>
    public DateTimeOffset? SweepAt { get; init; }
}

/// <summary>The sum over an account's files.</summary>
public sealed class StorageUsage
{
    public Guid AccountId { get; init; }
    public long Bytes { get; init; }
    public int Pending { get; init; }
}
