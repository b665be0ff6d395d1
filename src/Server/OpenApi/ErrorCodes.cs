namespace Rpd.Server.OpenApi;

/// <param name="Meaning">For the documentation.</param>
/// <param name="Message">Such as it comes in an answer.</param>
public sealed record ErrorCode(string Code, int Status, string Meaning, string Message);

/// <summary>Every code that the native face answers with. A refusal with another one fails a test.</summary>
public static class ErrorCodes
{
    public static readonly IReadOnlyList<ErrorCode> All =
    [
        new("VALIDATION_ERROR", 400, "The request is not valid. `details` names every field that is wrong.", "prompt is required for text2image with studio-sketch."),
        new("CONTENT_VIOLATION", 400, "The prompt violates the content policy.", "This prompt is not allowed here."),
        new("UNAUTHORIZED", 401, "The credential is missing, wrong, expired or revoked.", "Send an API key as X-API-KEY, or as Authorization: Bearer."),
        new("TWO_FACTOR_REQUIRED", 401, "The password is right, and this account asks for a code too.", "This account asks for a code of its authenticator app, or a recovery code."),
        new("TWO_FACTOR_INVALID", 401, "The password is right and the code is not.", "That code is not right, or it has been used. Codes change every 30 seconds; use the one that shows now."),
        new("INSUFFICIENT_CREDITS", 402, "The balance does not cover the price. Nothing was charged.", "You need 10 credits but only have 3."),
        new("SPEND_CAP_REACHED", 402, "The key's own spending cap is used up; the account's balance may not be.", "This key may spend 100 credits a day and has spent 95; this costs 10."),
        new("PAYMENT_FAILED", 402, "The card, or what else is kept for payments, was refused. Nothing was charged.", "Your card was declined."),
        new("FORBIDDEN", 403, "The credential is good but may not do this.", "This key lacks the scope \"generate\"."),
        new("KEY_FROZEN", 403, "The key has spent far more in an hour than it used to, and is refused until its owner thaws it on the page of keys.", "This API key is frozen, because it has spent far more in an hour than it used to. Its owner can thaw it on the page of keys."),
        new("STORAGE_QUOTA_REACHED", 403, "The plan's storage does not hold this upload. Nothing was set aside.", "1000 of 1000000000 bytes are left on the plan free; this upload may take 25000000. Name its sizeBytes, or delete files."),
        new("NOT_FOUND", 404, "There is no such thing, or it belongs to somebody else.", "The generation was not found."),
        new("METHOD_NOT_ALLOWED", 405, "The path exists, the method does not.", "PUT is not possible here. Allowed: GET, POST."),
        new("CONFLICT", 409, "The thing's state does not allow it.", "The generation has already completed."),
        new("IDEMPOTENCY_IN_PROGRESS", 409, "The first request with this `Idempotency-Key` is still running.", "A request with this Idempotency-Key is still running."),
        new("PAYLOAD_TOO_LARGE", 413, "The body is too large.", "The body may have 256 KB at most."),
        new("UNSUPPORTED_MEDIA_TYPE", 415, "The body is not `application/json`.", "Send the body as application/json."),
        new("IDEMPOTENCY_MISMATCH", 422, "This `Idempotency-Key` was used for a different request.", "This Idempotency-Key was used for a different request."),
        new("RATE_LIMITED", 429, "Too many requests. Wait for `Retry-After` seconds.", "60 requests a minute are allowed. Try again in 4 s."),
        new("QUEUE_ERROR", 500, "The generation could not be queued. No credits were taken.", "The generation could not be queued. No credits were taken."),
        new("INTERNAL_ERROR", 500, "Something went wrong on our side. `X-Request-Id` finds it in the log.", "Something went wrong on our side. Tell us req_0198c3f27a417c559e4b2f6d1c8a9b10 if it stays."),
        new("MODEL_FAULT", 502, "What was to look at a picture failed at it. Nothing was charged.", "The picture takes too long to look at."),
        new("STORAGE_FULL", 507, "The server's disk is full. Only upload addresses answer so.", "The server's storage is full. Nothing was kept; try again later."),
        new("invalid_api_key", 401, "`UNAUTHORIZED` as OpenAI clients know it: for callers with `Authorization`.", "This is not an API key."),
        new("model_not_found", 404, "`NOT_FOUND` as OpenAI clients know it: for callers with `Authorization`.", "The model was not found."),
        new("rate_limit_exceeded", 429, "`RATE_LIMITED` as OpenAI clients know it: for callers with `Authorization`.", "60 requests a minute are allowed. Try again in 4 s."),
        new("PROVIDER_UNAVAILABLE", 503, "The provider or feature is not configured here or does not answer, or the server is overrun: then `Retry-After` says so.", "Kling 3.0 cannot run here. The operator has not configured kling."),
    ];

    public static ErrorCode Of(string code) => All.FirstOrDefault(known => known.Code == code) ?? throw new InvalidOperationException($"{code} is no error code of this API.");
}
