using Rpd.Server.Http;
using Rpd.Shared;
using Rpd.Shared.Tasks;

namespace Rpd.Server.Faces.Tasks;

/// <summary>The face's five-digit codes. The first digit says whose matter it is: 1 the key's, 2 the request's, 3 the credits', 4 the task's, 5 the pace, 6 and 7 ours, 8 the provider's.</summary>
public static class TaskErrors
{
    public const int NoKey = 10001, NotBearer = 10002, UnknownKey = 10003, RevokedKey = 10004, NotAllowed = 10006,
        NoObject = 20001, Missing = 20002, Wrong = 20003, NotServed = 20004, Size = 20005, Quality = 20006, PromptTooLong = 20007,
        TooFewCredits = 30001, NoPrice = 30002, NoTask = 40001, TooFast = 50001, NotStored = 60001, NotStarted = 60002, Other = 60099, DatabaseDown = 70002,
        ProviderFailed = 80001, ProviderTimedOut = 80002, ContentPolicy = 80006;

    // As the chat says it, which is the same here and at OpenAI's face.
    private const string UnknownModel = "model_not_found";

    public static readonly IReadOnlyDictionary<int, (int? Status, string Meaning)> All = new Dictionary<int, (int?, string)>
    {
        [NoKey] = (401, "There is no Authorization header."),
        [NotBearer] = (401, "The Authorization header is not `Bearer <key>`."),
        [UnknownKey] = (401, "The key is not known, or mistyped."),
        [RevokedKey] = (401, "The key was revoked, disabled or replaced, or it has expired."),
        [NotAllowed] = (403, "The key may not be used from this address, or not for this."),
        [NoObject] = (400, "The body is not a JSON object. With 413 it is too large, with 415 it is not sent as application/json, and with 405 the method is not possible."),
        [Missing] = (400, "A required parameter is missing."),
        [Wrong] = (400, "A parameter has the wrong type, is out of range, or is none of the choices. A prompt that is not allowed here is refused so, too."),
        [NotServed] = (400, "The model is not served here, or not at this path."),
        [Size] = (400, "The size or resolution is not one that the model makes."),
        [Quality] = (400, "The quality is not one that the model makes."),
        [PromptTooLong] = (400, "The prompt is longer than the model reads."),
        [TooFewCredits] = (402, "There are too few credits, or the key's own cap is reached. Nothing was charged."),
        [NoPrice] = (400, "What was asked for has no known price, so it is not sold."),
        [NoTask] = (404, "There is no such task, or it is somebody else's. Also: there is nothing at this path."),
        [TooFast] = (429, "Too many requests. Wait for the seconds of `Retry-After`."),
        [NotStored] = (500, "The task could not be stored. Nothing was charged."),
        [NotStarted] = (null, "In a task's `error`: the provider takes no work at the moment. The credits are back."),
        [Other] = (500, "Something went wrong on our side. In a task's `error`: it was cancelled."),
        [DatabaseDown] = (503, "The database does not answer. Try again after the seconds of `Retry-After`."),
        [ProviderFailed] = (null, "In a task's `error`: the provider failed. The credits are back. A chat whose model cannot be reached gets it with 503."),
        [ProviderTimedOut] = (null, "In a task's `error`: the provider did not deliver in time. The credits are back."),
        [ContentPolicy] = (null, "In a task's `error`: the provider's content policy refused it. The credits are back."),
    };

    public static IResult Answer(HttpContext http, int code, string message, int? status = null) =>
        Results.Json(new TaskRefusalView(new(code, message, http.RequestId())), TasksFace.Json, statusCode: status ?? All[code].Status);

    /// <summary>What is refused on the way to a handler, or by an operation that knows nothing of this face.</summary>
    public static IResult Refuse(Refusal refusal, HttpContext http) => Answer(http, Of(refusal), refusal.Message, refusal.Code == UnknownModel ? null : refusal.Status);

    /// <summary>The code of a failed generation.</summary>
    public static int OfFailure(string code) => code switch
    {
        "content_policy" => ContentPolicy,
        "timed_out" or "timed_out_upstream" => ProviderTimedOut,
        "unavailable" or "rate_limited" or "insufficient_quota" => NotStarted,
        _ => ProviderFailed,
    };

    private static int Of(Refusal refusal) => refusal switch
    {
        { Reason: Reasons.KeyMissing } => NoKey,
        { Reason: Reasons.NotBearer } => NotBearer,
        { Reason: Reasons.KeyEnded } => RevokedKey,
        { Reason: Reasons.PriceUnknown } => NoPrice,
        { Reason: Reasons.UpstreamFailed } => ProviderFailed,
        { Code: UnknownModel } => NotServed,
        { Status: 401 } => UnknownKey,
        { Status: 402 } => TooFewCredits,
        { Status: 403 } => NotAllowed,
        { Status: 404 } => NoTask,
        { Status: 405 or 413 or 415 } => NoObject,
        { Status: 429 } => TooFast,
        { Status: 503 } => DatabaseDown,
        { Code: "QUEUE_ERROR" } => NotStored,
        { Status: >= 500 } => Other,
        _ => Wrong,
    };
}
