using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Events;

/// <summary>
/// Reads an account's events. The feed ends before the oldest transaction that is still open, of whichever database of the server: other tests run beside,
/// so what has happened may take a while to be shown.
/// </summary>
internal static class FeedReader
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Waits until all that has happened is shown.</summary>
    public static async Task EventsAreShown(this App app)
    {
        for (var end = DateTime.UtcNow + Patience; await app.Scalar<bool>("select exists (select from events where transaction_id >= pg_snapshot_xmin(pg_current_snapshot()))"); await Task.Delay(50))
            if (DateTime.UtcNow > end) throw new TimeoutException("The feed does not show all events.");
    }

    /// <summary>What is shown now.</summary>
    public static async Task<(JsonElement[] Items, string? Next, bool More)> Feed(this Caller caller, string? after = null, int limit = 20)
    {
        var (status, body) = await caller.Get($"/v1/events?limit={limit}&after={after}");
        Assert.Equal(HttpStatusCode.OK, status);
        return ([.. body.GetProperty("data").EnumerateArray()], body.GetProperty("pagination").GetProperty("nextCursor").GetString(), body.GetProperty("pagination").GetProperty("hasMore").GetBoolean());
    }

    /// <summary>The same, once so many are shown.</summary>
    public static async Task<(JsonElement[] Items, string? Next, bool More)> Feed(this Caller caller, int events, string? after = null, int limit = 20)
    {
        var end = DateTime.UtcNow + Patience;
        while (true)
        {
            var page = await caller.Feed(after, limit);
            if (page.Items.Length >= events) return page;
            if (DateTime.UtcNow > end) throw new TimeoutException($"The feed shows {page.Items.Length} events and not {events}.");
            await Task.Delay(50);
        }
    }
}
