namespace Rpd.Server.Http;

/// <summary>An answer whose bytes are settled, so that a replay equals the first one.</summary>
internal sealed record BytesAnswer(StoredAnswer Answer, bool Replayed) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Answer.Status;
        if (Answer.Body.Length > 0) response.ContentType = "application/json; charset=utf-8";
        response.ContentLength = Answer.Status == StatusCodes.Status204NoContent ? null : Answer.Body.Length;
        if (Answer.Location is not null) response.Headers.Location = Answer.Location;
        if (Replayed) response.Headers["Idempotent-Replayed"] = "true";
        await response.Body.WriteAsync(Answer.Body, httpContext.RequestAborted);
    }
}
