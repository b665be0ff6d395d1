namespace Rpd.Server.Http;

/// <summary>The first answer to a request with an <c>Idempotency-Key</c>, stored by the transaction that did its work.</summary>
public sealed class IdempotentRequest
{
    public Guid AccountId { get; init; }
    public required string Key { get; init; }

    /// <summary>SHA-256 of method, path and body.</summary>
    public required byte[] Fingerprint { get; init; }
    public int Status { get; init; }
    public string? Location { get; init; }
    public required byte[] Body { get; init; }
    public DateTimeOffset CreatedAt { get; init; }
}
