namespace Rpd.Web.Status;

/// <param name="Code">The HTTP status: every code has words, unknown ones get those of their class.</param>
/// <param name="RetryAfterSeconds">For 429 and 503, when known.</param>
public sealed record StatusModel(int Code, string RequestId, int? RetryAfterSeconds = null);
