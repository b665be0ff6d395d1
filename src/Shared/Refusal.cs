namespace Rpd.Shared;

/// <summary>An expected decline: a stable code, the HTTP status that goes with it and a sentence for people.</summary>
/// <param name="Details">For <c>VALIDATION_ERROR</c>: every field that is wrong, all at once.</param>
public sealed record Refusal(string Code, int Status, string Message, IReadOnlyList<FieldError>? Details = null)
{
    /// <summary>Which of the cases behind one code it is, for faces that tell them apart: one of <see cref="Reasons"/>, or null.</summary>
    public string? Reason { get; init; }

    public static Refusal Invalid(IReadOnlyList<FieldError> details) =>
        new("VALIDATION_ERROR", 400, details.Count == 1 ? details[0].Message : $"{details.Count} fields are not valid.", details);

    public static Refusal Invalid(string field, string message) => Invalid([new(field, message)]);

    public static Refusal NotFound(string what) => new("NOT_FOUND", 404, $"{what} was not found.");

    public static Refusal Conflict(string message) => new("CONFLICT", 409, message);

    public static Refusal Forbidden(string message, string? reason = null) => new("FORBIDDEN", 403, message) { Reason = reason };

    public static Refusal Unauthorized(string message, string? reason = null) => new("UNAUTHORIZED", 401, message) { Reason = reason };
}

/// <summary>Why a credential does not count, and what else only some faces tell apart.</summary>
public static class Reasons
{
    public const string KeyMissing = "key_missing", NotBearer = "not_bearer", KeyMistyped = "key_mistyped", KeyUnknown = "key_unknown", KeyEnded = "key_ended", AddressNotAllowed = "address_not_allowed",
        PriceUnknown = "price_unknown", UpstreamFailed = "upstream_failed";
}

public sealed record FieldError(string Field, string Message);

/// <summary>A value, or the reason why there is none.</summary>
public readonly record struct Outcome<T>(T? Value, Refusal? Refusal)
{
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(false, nameof(Value))]
    [System.Diagnostics.CodeAnalysis.MemberNotNullWhen(true, nameof(Refusal))]
    public bool Declined => Refusal is not null;

    public static implicit operator Outcome<T>(T value) => new(value, null);

    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
