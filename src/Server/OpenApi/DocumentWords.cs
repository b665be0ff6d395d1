using System.Text.Json.Nodes;

namespace Rpd.Server.OpenApi;

/// <summary>The parts of the description that are the same for every endpoint.</summary>
internal static class DocumentWords
{
    public const string Introduction = """
        One API over many generation providers: images, videos, avatars and sound.

        **Authentication.** Send an API key as `X-API-KEY` or as `Authorization: Bearer`. Keys never belong into an address.

        **Answers** are `{"success":true,"data":…}`; lists add `pagination`. **Errors** are `{"success":false,"error":{"code","message","details"}}` with the
        status that belongs to the code; every mistake in a request is named at once in `details`.

        **Limits.** Every answer says in `RateLimit-*` what is left; a refusal says in `Retry-After` when to come back.

        **Bodies** are JSON; fields that are not known are ignored, and null means the same as leaving a field out.
        """;

    public static JsonObject Parameters => new()
    {
        ["limit"] = Parameter("limit", "query", "Entries a page.", new() { ["type"] = "integer", ["minimum"] = 1, ["maximum"] = 100, ["default"] = 20 }),
        ["cursor"] = Parameter("cursor", "query", "`pagination.nextCursor` of the page before; opaque, and good for the same list only.", new() { ["type"] = "string", ["maxLength"] = 400 }),
        ["idempotencyKey"] = Parameter("Idempotency-Key", "header",
            "Makes a retry safe: the same key with the same body answers the first answer again, for 24 hours.", new() { ["type"] = "string", ["maxLength"] = 255 }),
    };

    public static JsonObject Headers => new()
    {
        ["X-Request-Id"] = Header("string", "Ours, unique for each call. Tell us this when something goes wrong.", "req_0198c3f27a417c559e4b2f6d1c8a9b10"),
        ["RateLimit-Limit"] = Header("integer", "Requests that are allowed in a minute.", 60),
        ["RateLimit-Remaining"] = Header("integer", "Requests that are left now.", 59),
        ["RateLimit-Reset"] = Header("integer", "Seconds until all of them are there again.", 1),
        ["Retry-After"] = Header("integer", "Seconds to wait before the next try.", 4),
        ["Location"] = Header("string", "Where the new thing is.", "/v1/generations/" + Examples.Id),
        ["Idempotent-Replayed"] = Header("string", "`true` when this is the first answer to the `Idempotency-Key` again.", "true"),
    };

    public static JsonObject SecuritySchemes => new()
    {
        ["apiKey"] = new JsonObject { ["type"] = "apiKey", ["in"] = "header", ["name"] = "X-API-KEY", ["description"] = "An API key, `rpd_sk_…`." },
        ["bearer"] = new JsonObject { ["type"] = "http", ["scheme"] = "bearer", ["description"] = "An API key or a token." },
    };

    public static string Status(int status) => status switch { 201 => "Created.", 202 => "Accepted.", 503 => "Not now.", _ => "Done." };

    public static JsonObject Error(ErrorCode code) => new()
    {
        ["success"] = false,
        ["error"] = new JsonObject
        {
            ["code"] = code.Code,
            ["message"] = code.Message,
            ["details"] = code.Code == "VALIDATION_ERROR" ? new JsonArray(new JsonObject { ["field"] = "prompt", ["message"] = code.Message }) : null,
        }.With(code.Status >= 500 ? "requestId" : null, "req_0198c3f27a417c559e4b2f6d1c8a9b10"),
    };

    private static JsonObject With(this JsonObject made, string? name, string value)
    {
        if (name is not null) made[name] = value;
        return made;
    }

    private static JsonObject Parameter(string name, string place, string text, JsonObject schema) =>
        new() { ["name"] = name, ["in"] = place, ["description"] = text, ["schema"] = schema };

    private static JsonObject Header(string type, string text, JsonNode example) =>
        new() { ["description"] = text, ["schema"] = new JsonObject { ["type"] = type }, ["example"] = example };
}
