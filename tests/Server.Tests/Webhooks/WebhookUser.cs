using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Webhooks;

/// <summary>What an owner of webhooks does and looks at.</summary>
internal static class WebhookUser
{
    public static readonly (string, string)[] Settings = [("Outbound:AllowedHosts", "127.0.0.1"), ("Webhooks:PollMilliseconds", "20"), ("Plans:business:GeneralPerMinute", "100000")];

    public static readonly string[] AllEvents = ["generation.completed", "generation.failed", "credits.low"];

    public static async Task<(Guid Id, string Secret)> Webhook(this Caller caller, string url, params string[] events)
    {
        var (status, body) = await caller.Post("/v1/webhooks", new { url, events = events.Length > 0 ? events : AllEvents });
        Assert.True(status == HttpStatusCode.Created, body.ToString());
        return (body.GetProperty("data").GetProperty("id").GetGuid(), body.GetProperty("data").GetProperty("secret").GetString()!);
    }

    /// <summary>Lets something happen, as a feature would: in SQL, with the app's clock.</summary>
    public static async Task Happen(this App app, Guid account, string name = "generation.completed", int times = 1)
    {
        await app.Execute("select event_record($1, gen_random_uuid(), $2, null, json_build_object('n', n), $3, null) from generate_series(1, $4) n",
            account, name, (app.Clock ?? TimeProvider.System).GetUtcNow(), times);
    }

    public static async Task<JsonElement[]> Deliveries(this Caller caller, Guid webhook) =>
        [.. (await caller.Get($"/v1/webhooks/{webhook}/deliveries?limit=100")).Body.GetProperty("data").EnumerateArray()];

    /// <summary>The latest delivery, once its state is what is waited for.</summary>
    public static async Task<JsonElement> Delivery(this Caller caller, Guid webhook, Func<JsonElement, bool> until)
    {
        JsonElement[] all = [];
        for (var tries = 0; tries < 400; tries++)
        {
            all = await caller.Deliveries(webhook);
            if (all.Length > 0 && until(all[0])) return all[0];
            await Task.Delay(25);
        }
        throw new TimeoutException($"The delivery is still: {(all.Length > 0 ? all[0].ToString() : "missing")}");
    }

    public static Task<JsonElement> Delivery(this Caller caller, Guid webhook, string status) => caller.Delivery(webhook, delivery => delivery.GetProperty("status").GetString() == status);

    public static async Task<JsonElement> Read(this Caller caller, Guid webhook) => (await caller.Get($"/v1/webhooks/{webhook}")).Body.GetProperty("data");
}
