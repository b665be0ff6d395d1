using Rpd.Server.Http;
using Rpd.Shared;

namespace Rpd.Server.Faces.Raypack;

/// <summary>That service's numbers for what we refuse. The HTTP status stays what it is everywhere: clients and proxies go by it.</summary>
internal static class RaypackErrors
{
    public const int WrongKey = 500, KeyMissing = 501, KeyFormat = 502, Internal = 503, Quota = 505, BadModel = 506, ModelFault = 507, Nothing = 508;

    public static IResult Refuse(Refusal refusal, HttpContext http) => Results.Json(new { error = new RaypackError(CodeOf(refusal), Message(refusal, http)) }, ApiAnswers.Json, statusCode: refusal.Status);

    /// <summary>A model that does not exist, or does not work yet.</summary>
    public static Refusal NoModel(int status, string why) => new("VALIDATION_ERROR", status, why, [new("model", why)]);

    public static int CodeOf(Refusal refusal) => refusal switch
    {
        { Reason: Reasons.KeyMissing } => KeyMissing,
        { Reason: Reasons.KeyMistyped or Reasons.NotBearer } => KeyFormat,
        { Status: 401 or 403 } => WrongKey,
        { Status: 402 or 429 } => Quota,
        { Details: [{ Field: "model" }, ..] } => BadModel,
        { Code: "MODEL_FAULT" } => ModelFault,
        { Status: >= 500 } => Internal,
        // The picture or a field is at fault: no model can do anything with it.
        _ => ModelFault,
    };

    // One number for all that is wrong with the fields: the sentence has to name each of them.
    private static string Message(Refusal refusal, HttpContext http)
    {
        var said = refusal.Details is { Count: > 1 } all ? string.Join(' ', all.Select(one => one.Message)) : refusal.Message;
        return ApiAnswers.RequestId(refusal, http) is { } id && !said.Contains(id, StringComparison.Ordinal) ? $"{said} ({id})" : said;
    }
}

/// <param name="Code">500–508, see <c>docs/recognition.md</c>.</param>
internal sealed record RaypackError(int Code, string Message);
