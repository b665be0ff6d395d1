using System.Reflection;
using System.Text.Json.Nodes;

namespace Rpd.Server.OpenApi;

/// <summary>
/// Examples of answers, made from their schemas: the same field has the same value everywhere, so the examples of all endpoints tell one story.
/// What a field's type and name do not say by themselves stands in the table; a field that may be null and is not there, is null.
/// </summary>
public static class Examples
{
    public const string Id = "0198c3f2-7a41-7c55-9e4b-2f6d1c8a9b10";
    private const string OtherId = "0198c3e0-11d2-7a0f-8c3e-5b7f9d2e4a61";
    private const string Output = "https://create.example.org/files/0198c3f2-7a41-7c55-9e4b-2f6d1c8a9b10/0.png?expires=1774094400&signature=Zx3";

    private const string EventId = "evt_0198c3f27a417c559e4b2f6d1c8a9b10";

    /// <summary>Stands where the table should say more; a test finds it.</summary>
    public const string Missing = "?";

    /// <summary>By <c>Schema.field</c>, else by <c>field</c>.</summary>
    private static readonly Dictionary<string, Func<JsonNode?>> Known = new(StringComparer.Ordinal)
    {
        ["type"] = () => "text2image",
        ["provider"] = () => "studio",
        ["model"] = () => "studio-sketch",
        ["prompt"] = () => "A golden retriever running through a sunflower field",
        ["title"] = () => "Sunflowers",
        ["params"] = () => new JsonObject { ["aspectRatio"] = "16:9" },
        ["count"] = () => 1,
        ["url"] = () => Output,
        ["outputUrls"] = () => new JsonArray(Output),
        ["contentType"] = () => "image/png",
        ["width"] = () => 1280,
        ["height"] = () => 720,
        ["bytes"] = () => 482_113,
        ["blurHash"] = () => "LEHV6nWB2yk8pyo0adR*.7kCMdnj",
        ["Thumbnail.width"] = () => 320,
        ["Thumbnail.height"] = () => 180,
        ["thumbnailUrl"] = () => Output,
        ["progress"] = () => 100,
        ["status"] = () => "completed",
        ["visibility"] = () => "private",
        ["creditsCost"] = () => 1,
        ["ignoredParams"] = () => new JsonArray(),
        ["createdAt"] = () => "2026-03-20T12:00:00Z",
        ["publishedAt"] = () => "2026-03-20T12:10:00Z",
        ["startedAt"] = () => "2026-03-20T12:00:01Z",
        ["completedAt"] = () => "2026-03-20T12:00:05Z",
        ["at"] = () => "2026-03-20T12:00:05Z",
        ["version"] = () => 4,
        ["Health.version"] = () => "1.0.0",
        ["Readiness.status"] = () => "ok",
        ["checks"] = () => new JsonObject { ["database"] = "ok", ["worker"] = "ok", ["storage"] = "ok" },
        ["Health.status"] = () => "ok",
        ["reserved"] = () => 0,
        ["Receipt.reserved"] = () => 1,
        ["captured"] = () => 1,
        ["balanceAfter"] = () => 499,
        ["balance"] = () => 499,
        ["purchased"] = () => 499,
        ["lowBalanceThreshold"] = () => 20,
        ["plan"] = () => "free",
        ["bucket"] = () => "purchased",
        ["kind"] = () => "settle",
        ["seq"] = () => 3,
        ["cause"] = () => new JsonObject { ["type"] = "generation", ["id"] = Id },
        ["credits"] = () => 10,
        ["unit"] = () => "second",
        ["units"] = () => 5,
        ["rate"] = () => 2,
        ["perOutput"] = () => 10,
        ["handle"] = () => "ada",
        ["displayName"] = () => "Ada",
        ["author.id"] = () => OtherId,
        ["likeCount"] = () => 12,
        ["followerCount"] = () => 3,
        ["userId"] = () => OtherId,
        ["ownerId"] = () => OtherId,
        ["tags"] = () => new JsonArray("sunflowers"),
        ["reason"] = () => "copyright",
        ["Report.status"] = () => "open",
        ["Collection.name"] = () => "Seas",
        ["CollectionWithItems.name"] = () => "Seas",
        ["itemCount"] = () => 1,
        ["Template.title"] = () => "Lighthouse",
        ["Template.prompt"] = () => "A lighthouse in {weather}",
        ["Placeholder.name"] = () => "weather",
        ["label"] = () => "Weather",
        ["default"] = () => "fog",
        ["name"] = () => "Production",
        ["prefix"] = () => "rpd_sk",
        ["last4"] = () => "k3Qd",
        ["ProviderKey.provider"] = () => "kling",
        ["hint"] = () => "•••k3Qd",
        ["usedAt"] = () => "2026-03-20T12:00:00Z",
        ["checkedAt"] = () => "2026-03-20T12:00:00Z",
        ["scopes"] = () => new JsonArray("generate", "read"),
        ["cap"] = () => new JsonObject { ["credits"] = 100, ["period"] = "day", ["spent"] = 12 },
        ["lastUsedAt"] = () => "2026-03-20T12:00:00Z",
        ["lastUsedIp"] = () => "203.0.113.7",
        ["ApiKey.status"] = () => "active",
        ["alertPercents"] = () => new JsonArray(50, 80, 100),
        ["watched"] = () => true,
        ["allowedIps"] = () => new JsonArray("203.0.113.0/24"),
        ["nextCursor"] = () => "c2lnbmVkIHBvc2l0aW9u",
        ["hasMore"] = () => true,
        ["OneModel.id"] = () => "studio-sketch",
        ["Model.id"] = () => "studio-sketch",
        ["AdminModel.id"] = () => "studio-sketch",
        ["AdminModel.displayName"] = () => "Studio Sketch",
        ["email"] = () => "ada@example.org",
        ["role"] = () => "user",
        ["AdminUserSummary.status"] = () => "active",
        ["AdminUser.balance"] = () => new JsonObject
        {
            ["balance"] = 499,
            ["reserved"] = 0,
            ["buckets"] = new JsonObject { ["promo"] = 0, ["allowance"] = 0, ["purchased"] = 499 },
            ["owed"] = 0,
            ["plan"] = "free",
            ["monthlyAllowance"] = 0,
            ["resetsAt"] = null,
            ["lowBalanceThreshold"] = 20,
        },
        ["AdminKey.state"] = () => "good",
        ["device"] = () => "Firefox on Linux",
        ["address"] = () => "203.0.113.7",
        ["ReportedWork.reasons"] = () => new JsonArray(new JsonObject { ["reason"] = "copyright", ["count"] = 1 }),
        ["ReportedWork.visibility"] = () => "public",
        ["actor"] = () => "@ada ada@example.org",
        ["action"] = () => "account.plan",
        ["target"] = () => OtherId,
        ["tz"] = () => "UTC",
        ["deliveredRate"] = () => 1,
        ["AdminModel.enabledByDefault"] = () => true,
        ["shown"] = () => true,
        ["percent"] = () => 10,
        ["changed"] = () => true,
        ["object"] = () => "model",
        ["ModelList.object"] = () => "list",
        ["owned_by"] = () => "studio",
        ["created"] = () => 1_773_964_800,
        ["Model.displayName"] = () => "Studio Sketch",
        ["Model.description"] = () => "Draws pictures from words, here on this server.",
        ["supportedTypes"] = () => new JsonArray("text2image"),
        ["speed"] = () => "fast",
        ["quality"] = () => "standard",
        ["billingUnit"] = () => "image",
        ["creditCostPerImage"] = () => 1,
        ["Model.params"] = () => new JsonObject { ["aspectRatios"] = new JsonArray("1:1", "16:9", "9:16") },
        ["requiredInputs"] = () => new JsonObject { ["text2image"] = new JsonArray("prompt") },
        ["lifecycle"] = () => "current",
        ["available"] = () => true,
        ["Event.id"] = () => EventId,
        ["eventId"] = () => EventId,
        ["event"] = () => "generation.completed",
        ["timestamp"] = () => "2026-03-20T12:00:05Z",
        ["Event.data"] = () => new JsonObject { ["id"] = Id, ["status"] = "completed", ["outputUrls"] = new JsonArray(Output), ["creditsCost"] = 1 },
        ["Webhook.url"] = () => "https://example.com/hook",
        ["events"] = () => new JsonArray("generation.completed", "generation.failed"),
        ["Webhook.status"] = () => "active",
        ["DefaultSecret.secret"] = () => "whsec_…",
        ["Delivery.status"] = () => "delivered",
        ["attempt"] = () => 1,
        ["responseStatus"] = () => 200,
        ["latencyMs"] = () => 42,
        ["Notification.kind"] = () => "generation.failed",
        ["Notification.title"] = () => "A generation failed: The provider refused it.",
        ["Notification.link"] = () => "/library/" + Id,
        ["unreadCount"] = () => 1,
        ["filename"] = () => "input.png",
        ["size"] = () => 482_113,
        ["sha256"] = () => "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
        ["confirmedAt"] = () => "2026-03-20T12:00:05Z",
        ["File.status"] = () => "confirmed",
        ["uploadUrl"] = () => "https://create.example.org/uploads/0198c3f2-7a41-7c55-9e4b-2f6d1c8a9b10?e=1774009500&s=Zx3",
        ["method"] = () => "PUT",
        ["deleted"] = () => true,
        ["Choice.param"] = () => "voice",
        ["Choice.id"] = () => "en-gb-female",
        ["Choice.name"] = () => "en-gb-female",
        ["success"] = () => true,
        ["counts"] = () => new JsonObject { ["queued"] = 0, ["processing"] = 0, ["completed"] = 1, ["failed"] = 0, ["cancelled"] = 0 },
        ["CreatedGeneration.status"] = () => "queued",
        ["Recommendation.displayName"] = () => "Studio Sketch",
        ["Recommendation.credits"] = () => 1,
        ["score"] = () => 83,
        ["ModelScore.votes"] = () => 41,
        ["winRate"] = () => 0.634,
        ["rating"] = () => 0.612,
        ["reasons"] = () => new JsonArray("Its quality is standard.", "At 1 credits it is the cheapest that fits."),
    };

    public static JsonNode? Of(Type type) => Nullable.GetUnderlyingType(type) is { } inner ? Of(inner) : type switch
    {
        _ when type == typeof(string) => null,
        _ when type == typeof(bool) => false,
        _ when type == typeof(Guid) => Id,
        _ when type == typeof(DateTimeOffset) => "2026-04-20T12:00:00Z",
        _ when type == typeof(DateOnly) => "2026-03-20",
        _ when type.IsPrimitive || type == typeof(decimal) => 0,
        _ when Implements(type, typeof(IReadOnlyDictionary<,>)) is not null => new JsonObject(),
        _ when Implements(type, typeof(IReadOnlyList<>)) is { } list => list.GetGenericArguments()[0] is var item && item == typeof(string) ? new JsonArray() : new JsonArray(Of(item)),
        _ => new JsonObject(Schemas.Properties(type).Where(property => !Schemas.MayLack(property)).Select(property => KeyValuePair.Create(Schemas.NameOf(property), Of(type, property)))),
    };

    private static JsonNode? Of(Type owner, PropertyInfo property)
    {
        var name = Schemas.NameOf(property);
        if (Known.GetValueOrDefault($"{Schemas.NameOf(owner)}.{name}") is { } exact) return exact();
        if (Known.GetValueOrDefault(name) is { } known) return known();
        if (new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable) return null;
        return Of(property.PropertyType)
            ?? (property.GetCustomAttribute<Rpd.Shared.OneOfAttribute>()?.All[0] ?? Missing);
    }

    private static Type? Implements(Type type, Type open) =>
        type.GetInterfaces().Append(type).FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == open);
}
