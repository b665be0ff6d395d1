using System.Globalization;
using System.Text.Json;
using Rpd.Server.Http;
using Rpd.Server.OpenApi;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;

namespace Rpd.Server.ApiKeys;

/// <summary>Keys that make and change keys. None can hand on more than it has itself, and <c>admin</c> never.</summary>
public static class ApiKeysApi
{
    /// <param name="api">The native face's group.</param>
    public static void MapApiKeysApi(this IEndpointRouteBuilder api)
    {
        var keys = api.MapGroup("/keys").Needs(Scopes.Manage).NotByLimited();
        keys.MapGet("", List)
            .Describe("List your API keys", "The newest first, without their secrets.").GivesPage<ApiKeyView>();
        keys.MapPost("", Create)
            .Describe("Create an API key", "The secret is in this answer and never again.")
            .Takes<NewApiKeyBody>("""{"name":"Production","scopes":["generate","read"],"cap":{"credits":100,"period":"day"}}""")
            .Gives<ApiKeyView>(201, """{"secret":"rpd_sk_…","lastUsedAt":null,"lastUsedIp":null,"allowedIps":[]}""").Refuses("CONFLICT");
        keys.MapGet("/{id:guid}", async (Guid id, HttpContext http, KeyQueries all) =>
            await all.Find(http.Credential().AccountId, id, http.RequestAborted) is { } key ? ApiAnswers.Data(key) : ApiAnswers.Refuse(Refusal.NotFound("The API key")))
            .Describe("Get an API key", "Without its secret.").Gives<ApiKeyView>();
        keys.MapPatch("/{id:guid}", Change)
            .Describe("Change an API key", "What is not mentioned stays; null lifts a limit.")
            .Takes<ApiKeyChangesBody>("""{"name":"Staging","allowedIps":["203.0.113.0/24"]}""").Gives<ApiKeyView>(example: """{"name":"Staging"}""").Refuses("CONFLICT");
        keys.MapDelete("/{id:guid}", Revoke)
            .Describe("Revoke an API key", "At once and for good.").Gives<ApiKeyView>(example: """{"status":"revoked"}""");
        keys.MapPost("/{id:guid}/rotate", Rotate)
            .Describe("Rotate an API key", "A new secret under the same id; the old one may live on for some days.")
            .Takes<KeyRotationBody>("""{"graceDays":1}""", optional: true).Gives<ApiKeyView>(example: """{"secret":"rpd_sk_…","oldSecretUntil":"2026-03-21T12:00:00Z"}""").Refuses("CONFLICT");
    }

    private static async Task<IResult> List(HttpContext http, KeyQueries keys, Cursors cursors)
    {
        var query = ListQuery.Read(http, KeyQueries.ListName, cursors);
        if (query.Declined) return ApiAnswers.Refuse(query.Refusal);
        var before = query.Value.Position is { } position ? Guid.Parse(position) : (Guid?)null;
        return ApiAnswers.Page(await keys.Page(http.Credential().AccountId, before, query.Value.Limit, http.RequestAborted));
    }

    private static async Task<IResult> Create(HttpContext http, CreateKey create, TimeProvider time)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var cap = Cap(fields);
        var wish = new KeyWish
        {
            Name = fields.Text("name", 1000),
            Scopes = fields.Texts("scopes", 20, 50),
            ExpiresAt = Instant(fields, "expiresAt"),
            CapCredits = cap.Credits,
            CapPeriod = cap.Period,
            AllowedIps = fields.Texts("allowedIps", KeyWish.AddressesMax, 64),
            Prefix = fields.Flag("test") == true ? KeyFormat.Test : fields.Text("prefix", 20) ?? KeyFormat.Native,
        };
        var grantable = Grantable(http.Credential());
        // What could not even be read is named once, with everything else that is wrong.
        var unread = fields.Errors.Select(error => error.Field).ToHashSet();
        if (unread.Count > 0)
            return ApiAnswers.Refuse(Refusal.Invalid([.. fields.Errors, .. wish.Check(grantable, time.GetUtcNow()).Where(error => !unread.Contains(error.Field))]));
        var made = await create.Run(http.Credential().AccountId, wish, grantable, http.RequestAborted);
        if (made.Declined) return ApiAnswers.Refuse(made.Refusal);
        http.Response.Headers.Location = $"/v1/keys/{made.Value.Id}";
        return Fresh(http, made.Value, StatusCodes.Status201Created);
    }

    private static async Task<IResult> Change(Guid id, HttpContext http, ChangeKey change)
    {
        var body = await JsonBody.Read(http);
        if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
        var fields = body.Value.Fields;
        var wanted = new KeyChange(
            fields.Text("name", 1000),
            fields.Has("cap") || Cleared(body.Value.Object, "cap") ? Cap(fields) : null,
            Cleared(body.Value.Object, "allowedIps") ? [] : fields.Texts("allowedIps", KeyWish.AddressesMax, 64),
            fields.Flag("disabled"));
        if (fields.Refusal is { } unread) return ApiAnswers.Refuse(unread);
        return Answer(http, await change.Run(http.Credential().AccountId, id, wanted, Owned(http.Credential()), http.RequestAborted));
    }

    private static async Task<IResult> Rotate(Guid id, HttpContext http, RotateKey rotate)
    {
        long graceDays = 0;
        if (http.Request.ContentLength is > 0 || http.Request.ContentType is not null)
        {
            var body = await JsonBody.Read(http);
            if (body.Declined) return ApiAnswers.Refuse(body.Refusal);
            var fields = body.Value.Fields;
            graceDays = fields.Integer("graceDays", 0, RotateKey.GraceDaysMax) ?? 0;
            if (fields.Refusal is { } unread) return ApiAnswers.Refuse(unread);
        }
        return Answer(http, await rotate.Run(http.Credential().AccountId, id, graceDays, Owned(http.Credential()), http.RequestAborted));
    }

    private static async Task<IResult> Revoke(Guid id, HttpContext http, RevokeKey revoke) =>
        Answer(http, await revoke.Run(http.Credential().AccountId, id, Owned(http.Credential()), http.RequestAborted));

    private static IResult Answer(HttpContext http, Outcome<ApiKeyView> outcome) =>
        outcome.Declined ? ApiAnswers.Refuse(outcome.Refusal) : Fresh(http, outcome.Value, StatusCodes.Status200OK);

    /// <summary>A secret is in the answer, or may be: no cache keeps it.</summary>
    private static IResult Fresh(HttpContext http, ApiKeyView key, int status)
    {
        http.Response.Headers.CacheControl = "no-store";
        return ApiAnswers.Data(key, status);
    }

    private static string[] Grantable(Credential caller) => [.. Scopes.Grantable.Where(caller.Scopes.Contains)];

    private static string[] Owned(Credential caller) => [.. caller.Scopes];

    /// <summary>Both parts and nothing else: what was mistyped must not pass for no cap.</summary>
    private static CapChange Cap(Fields fields)
    {
        var cap = fields.Object("cap");
        if (fields.Read("cap") is { ValueKind: JsonValueKind.Object } given && (given.GetPropertyCount() != 2 || !cap.Has("credits") || !cap.Has("period")))
            fields.Wrong("cap", "cap is an object with credits and period and nothing else, or null for none.");
        return new(cap.Integer("credits", 1, KeyWish.CapMax), cap.Text("period", 20));
    }

    /// <summary>Null lifts a limit; absence leaves it.</summary>
    private static bool Cleared(JsonElement body, string name) => body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Null;

    private static DateTimeOffset? Instant(Fields fields, string name)
    {
        if (fields.Text(name, 60) is not { } text) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant)) return instant.ToUniversalTime();
        fields.Wrong(name, $"{name} must be a time such as 2027-01-31T12:00:00Z.");
        return null;
    }
}
