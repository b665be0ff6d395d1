using System.Text.Json;
using Rpd.Shared;
using Rpd.Shared.ApiKeys;
using Rpd.Shared.Events;
using Rpd.Shared.Usage;
using Rpd.Shared.Webhooks;
using Rpd.Web.Events;
using Rpd.Web.Admin;
using Rpd.Web.Usage;
using Rpd.Web.UserTokens;
using Rpd.Web.Webhooks;

namespace Rpd.Web.Tests.Support;

/// <summary>The developers' pages: tokens, webhooks, events, usage.</summary>
public static class DeveloperStates
{
    private static readonly UserTokenView Token = new(Samples.Id(900), "Notebook", "9fQz", Samples.Now.AddMinutes(-13), Samples.Now.AddMinutes(47), Samples.Now.AddMinutes(-2), "203.0.113.7", "active");
    public static readonly TokensModel Tokens = new(Samples.Viewer.AccountId,
        [Token, Token with { Id = Samples.Id(901), Name = "Workshop", LastUsedAt = null, LastUsedIp = null }, Token with { Id = Samples.Id(902), Name = "<b>old</b>", Status = "expired" }],
        new(), FormErrors.None, null, Samples.Base, Samples.Now);

    private static readonly RetryPlan Retries = new([TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromHours(2)], TimeSpan.FromSeconds(15), Samples.Base);
    private static readonly WebhookView Webhook = new(Samples.Id(910), "https://example.com/a/rather/long/address/of/a/hook", EventNames.All, "The shop", WebhookStatus.Active, null, null, Samples.Now.AddDays(-9), null);
    private static readonly DeliveryView Delivered = new(Samples.Id(920), "evt_1", EventNames.GenerationCompleted, 1, DeliveryStatus.Delivered, 200, 84, "ok", null, null, Samples.Now, false, Samples.Id(301));
    private static readonly DeliveryView Failed = Delivered with { Id = Samples.Id(921), EventId = "evt_2", Status = DeliveryStatus.Failed, Attempt = 10, ResponseStatus = 500, Event = EventNames.GenerationFailed };
    private static readonly DeliveryView Retrying = Delivered with { Id = Samples.Id(922), EventId = "evt_3", Status = DeliveryStatus.Pending, Attempt = 2, ResponseStatus = null, LatencyMs = 15_000, Error = "The receiver took too long.", NextAttemptAt = Samples.Now.AddMinutes(30) };
    private static readonly DeliveryView Waiting = Delivered with { Id = Samples.Id(923), EventId = "evt_4", Status = DeliveryStatus.Pending, Attempt = 0, ResponseStatus = null, LatencyMs = null, GenerationId = null, Event = EventNames.CreditsLow };
    private static readonly DeliveryLog Log = new(new([Waiting, Retrying, Failed, Delivered], "next"), null, null);
    private static readonly FormErrors Wrong = new([new("url", "The address must begin with https://."), new("events", "events is required.")]);

    public static readonly WebhooksModel Webhooks = new(
        new([new(Webhook, new(118, 2, 1, Samples.Now)), new(Webhook with { Id = Samples.Id(911), Status = WebhookStatus.Paused, StatusReason = "Every attempt of 3 days failed.", Description = null }, WebhookHealth.None)], "next"),
        null, new() { Events = [.. EventNames.All] }, FormErrors.None, new("whsec_c2VjcmV0", Samples.Now, Samples.Now.AddDays(1)), true, Retries);

    public static readonly WebhookModel One = new(Webhook, new(118, 2, 1, Samples.Now), Log, new() { Url = Webhook.Url, Events = [.. EventNames.All], Description = "The shop" }, FormErrors.None, null, null, Retries, 3);

    private static readonly EventLine Completed = Line("""{"id":"01930000-7a1c-7000-8000-000000000301","status":"completed","outputUrls":["https://x/</code><script>"]}""", EventNames.GenerationCompleted, "evt_a");
    public static readonly EventsModel Events = new([Completed, Line("""{"balance":9,"threshold":10}""", EventNames.CreditsLow, "evt_b")], "next", null, null, "position", Samples.Base);

    private static readonly UsageTotals Totals = new(42, 390, 3, 0, 0);
    private static readonly IReadOnlyList<DateOnly> Days = [.. Enumerable.Range(0, 30).Select(n => new DateOnly(2026, 10, 22).AddDays(n))];
    public static readonly UsageModel Usage = new(UsagePeriods.Usual, Days[0], Days[^1], "Europe/Berlin", UsageGroupings.Day, UsageMeasures.Credits, null, Totals, new(30, 300, 3, 0, 0),
        [new("2026-11-20", "", new(12, 90, 1, 0, 0)), new("2026-11-02", "", new(30, 300, 2, 0, 0))],
        new(Days, [new("", [.. Days.Select((_, n) => n == 11 ? 300L : n == 29 ? 90 : 0)])]), true, Samples.Base, null, null, FormErrors.None);

    public static readonly PageStates All = new()
    {
        ["tokens"] = (typeof(TokensPage), Tokens, Samples.Viewer),
        ["tokens, none"] = (typeof(TokensPage), Tokens with { Tokens = [] }, Samples.Viewer),
        ["tokens, one made and one refused"] = (typeof(TokensPage), Tokens with { Created = Token with { Secret = "rpd_ut_secret" }, Errors = new([new("name", "Give the token a name."), new("", "20 tokens are alive.")]) }, Samples.Viewer),
        ["webhooks"] = (typeof(WebhooksPage), Webhooks, Samples.Viewer),
        ["webhooks, none"] = (typeof(WebhooksPage), Webhooks with { Webhooks = new([], null), Requests = false }, Samples.Viewer),
        ["webhooks, refused"] = (typeof(WebhooksPage), Webhooks with { Cursor = "c", Form = new() { Url = "http://x", Description = "<b>" }, Errors = Wrong }, Samples.Viewer),
        ["webhook"] = (typeof(WebhookPage), One, Samples.Viewer),
        ["webhook, just made"] = (typeof(WebhookPage), One with { Secret = "whsec_c2VjcmV0", Log = new(new([], null), null, null), Health = WebhookHealth.None }, Samples.Viewer),
        ["webhook, failing and refused"] = (typeof(WebhookPage), One with { Webhook = Webhook with { FailingSince = Samples.Now }, Errors = Wrong, Said = "Saved.", Log = Log with { Status = "failed", Deliveries = new([], null) } }, Samples.Viewer),
        ["webhook, paused"] = (typeof(WebhookPage), One with { Webhook = Webhook with { Status = WebhookStatus.Paused, StatusReason = "Every attempt of 3 days failed.", OldSecretUntil = Samples.Now } }, Samples.Viewer),
        ["webhook, off"] = (typeof(WebhookPage), One with { Webhook = Webhook with { Status = WebhookStatus.Disabled } }, Samples.Viewer),
        ["deliveries of requests"] = (typeof(RequestDeliveriesPage), new RequestDeliveriesModel(Log with { Deliveries = new([Failed with { Url = "https://example.com/mine" }], null) }, Retries), Samples.Viewer),
        ["delivery"] = (typeof(DeliveryPage), new DeliveryModel(Webhook.Id, Webhook.Url, new(Retrying, """{"event":"x"}""", [new(2, Samples.Now, null, 15_000, null, "The receiver took too long."), new(1, Samples.Now, 500, 80, "<h1>Oops</h1>", null)]), "Sent."), Samples.Viewer),
        ["delivery, forgotten"] = (typeof(DeliveryPage), new DeliveryModel(null, "https://example.com/mine", new(Waiting with { Event = "" }, null, []), null), Samples.Viewer),
        ["events"] = (typeof(EventsPage), Events, Samples.Viewer),
        ["events, none"] = (typeof(EventsPage), Events with { Events = [], NextCursor = null, Newest = null }, Samples.Viewer),
        ["events, none of a kind"] = (typeof(EventsPage), Events with { Events = [], Kind = EventNames.CreditsLow, Cursor = "c" }, Samples.Viewer),
        ["usage"] = (typeof(UsagePage), Usage, Samples.Viewer),
        ["usage, by model, narrowed"] = (typeof(UsagePage), Usage with { GroupBy = UsageGroupings.Model, Period = UsagePeriods.Custom, From = "2026-10-22", To = "2026-11-20", Narrowed = new("studio-sketch", Samples.Id(700).ToString(), "Website"), Totals = Totals with { InputTokens = 12 }, Lines = [new("studio-sketch", "studio-sketch", Totals)] }, Samples.Viewer),
        ["usage, by key"] = (typeof(UsagePage), Usage with { GroupBy = UsageGroupings.Key, Lines = [new("none", UsageNarrowed.WithoutKey, Totals), new(Samples.Id(700).ToString(), "<b>Website</b>", Totals)] }, Samples.Viewer),
        ["usage of all"] = (typeof(AdminUsagePage), new AdminUsageModel(Usage with { Path = "/admin/usage" }, [new(Samples.Id(801), "mara", 40, 380, 2), new(Samples.Id(802), "sol", 2, 10, 1)]), Samples.Viewer with { IsAdmin = true }),
        ["usage of all, by model"] = (typeof(AdminUsagePage), new AdminUsageModel(Usage with { Path = "/admin/usage", GroupBy = UsageGroupings.Model, Lines = [new("studio-sketch", "studio-sketch", Totals)] }, []), Samples.Viewer with { IsAdmin = true }),
        ["usage of all, none"] = (typeof(AdminUsagePage), new AdminUsageModel(Usage with { Path = "/admin/usage", GroupBy = UsageGroupings.Face, Totals = new(0, 0, 0, 0, 0), Lines = [], Chart = new(Days, []) }, []), Samples.Viewer with { IsAdmin = true }),
        ["usage, nothing yet"] = (typeof(UsagePage), Usage with { Ever = false, Totals = new(0, 0, 0, 0, 0), Lines = [], Chart = new(Days, []) }, Samples.Viewer),
        ["usage, nothing in this time"] = (typeof(UsagePage), Usage with { Totals = new(0, 0, 0, 0, 0), Lines = [], Chart = new(Days, []), Errors = new([new("from", "from must lie before to."), new("to", "to must be a date.")]) }, Samples.Viewer),
    };

    private static EventLine Line(string data, string name, string id) =>
        new(new(id, name, Samples.Now, JsonDocument.Parse(data).RootElement), $$"""{"event":"{{name}}","data":{{data}}}""");
}
