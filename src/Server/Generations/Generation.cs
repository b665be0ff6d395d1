using System.Text.Json;

namespace Rpd.Server.Generations;

/// <summary>
/// A piece of work for a provider, paid in credits. Its row is written by a few SQL statements whose WHERE names the legal from-state
/// (<see cref="StartGeneration"/>, <see cref="EndGeneration"/>, …): under concurrency only the database can say which change came first.
/// </summary>
public sealed class Generation
{
    public Guid Id { get; init; }
    public Guid AccountId { get; init; }
    public Guid? ApiKeyId { get; init; }

    /// <summary>The face it came through: <c>native</c>, <c>pages</c>, …</summary>
    public required string Face { get; init; }
    public required string Type { get; init; }
    public required string Provider { get; init; }
    public required string Model { get; init; }
    public string? Prompt { get; init; }
    public string? NegativePrompt { get; init; }
    public string? InputImageUrl { get; init; }
    public string? InputVideoUrl { get; init; }
    public string? InputAudioUrl { get; init; }
    public required JsonElement Params { get; init; }
    public required string[] IgnoredParams { get; init; }
    public int Count { get; init; }
    public string? Title { get; init; }
    public string? WebhookUrl { get; init; }
    public Guid? ParentId { get; init; }
    public Guid? ComparisonId { get; init; }
    public Guid? BatchId { get; init; }
    public required string Status { get; init; }

    /// <summary>Queued without a job: all slots of its account are taken.</summary>
    public bool Held { get; init; }

    /// <summary>Started with a test key: played by Sandbox, paid from the test balance, seen by test keys only.</summary>
    public bool Test { get; init; }

    /// <summary>Made with the account's own key at the vendor: it was sold for the platform's fee, and the operator's key never serves it.</summary>
    public bool OwnKey { get; init; }

    /// <summary>What its caller called the request, on a face where that is kept and prevents nothing.</summary>
    public string? ClientKey { get; init; }
    public int Progress { get; init; }
    public required string Visibility { get; init; }

    /// <summary>Since when a moderator has hidden it; null when none has.</summary>
    public DateTimeOffset? HiddenAt { get; init; }

    /// <summary>For adults, by its author's word or a moderator's.</summary>
    public bool Mature { get; init; }

    /// <summary>The vendor's name for it, once it has been handed over to one that goes on working by itself.</summary>
    public string? UpstreamId { get; init; }
    public string? ErrorCode { get; init; }
    public string? ErrorMessage { get; init; }
    public long CreditsCost { get; init; }
    public long CreditsRefunded { get; init; }

    /// <summary>The window of the key's cap that this counts against; null when the key has none.</summary>
    public string? CapPeriod { get; init; }
    public DateTimeOffset? CapStart { get; init; }
    public int Version { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? StartedAt { get; init; }
    public DateTimeOffset? CompletedAt { get; init; }

    /// <summary>What it has from the moment it gets a slot.</summary>
    public int DeadlineSeconds { get; init; }

    /// <summary>When the watcher fails it and returns the credits.</summary>
    public DateTimeOffset DeadlineAt { get; init; }
}

/// <summary>One file that a generation produced, in our storage.</summary>
public sealed class Output
{
    public Guid GenerationId { get; init; }
    public int Ordinal { get; init; }
    public required string StorageKey { get; init; }
    public required string ContentType { get; init; }
    public int? Width { get; init; }
    public int? Height { get; init; }
    public double? DurationSeconds { get; init; }
    public long Bytes { get; init; }
    public string? BlurHash { get; init; }

    /// <summary>Where chance began, when it is known: with it the same request makes the same again.</summary>
    public long? Seed { get; init; }

    /// <summary>Narrowest first. Keys and heights follow from them: <see cref="Media.Thumbnails"/>.</summary>
    public required IReadOnlyList<int> ThumbnailWidths { get; init; }
}
