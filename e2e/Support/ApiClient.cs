using System.Text.Json;

namespace Rpd.E2E.Support;

/// <summary>A program with a key of somebody's own, for what a journey needs before it begins.</summary>
public sealed class ApiClient(Site site, string handle, string key)
{
    public const string Password = "a few plain words";

    public string Handle => handle;

    public string Key => key;

    /// <summary>Opens an account, confirmed and with credits, and gives its key.</summary>
    public static async Task<ApiClient> Of(Site site, string email, string plan = "free", bool admin = false)
    {
        var added = JsonDocument.Parse(await site.Command(["user", "add", email, "--password", Password, "--plan", plan, "--credits", "100", "--with-key", .. admin ? ["--admin"] : Array.Empty<string>()])).RootElement;
        var key = added.GetProperty("apiKey").GetString()!;
        var profile = await Curl.Json($"{site.Address}/v1/social/profile/{added.GetProperty("accountId").GetString()}", "-H", $"X-API-KEY: {key}");
        return new(site, profile.GetProperty("data").GetProperty("handle").GetString()!, key);
    }

    public async Task<JsonElement> Get(string path) => (await Curl.Json(site.Address + path, "-H", $"X-API-KEY: {key}")).GetProperty("data");

    public Task<JsonElement> Post(string path, string body) => Send("POST", path, body);

    public Task<JsonElement> Patch(string path, string body) => Send("PATCH", path, body);

    public Task Delete(string path) => Curl.Json("-X", "DELETE", site.Address + path, "-H", $"X-API-KEY: {key}");

    /// <summary>A picture for everybody to see, finished.</summary>
    /// <returns>Its id.</returns>
    public async Task<string> Publish(string prompt, string? title = null)
    {
        var body = JsonSerializer.Serialize(new { type = "text2image", provider = "studio", model = "studio-sketch", prompt, title, visibility = "public" });
        var id = (await Post("/v1/generations", body)).GetProperty("id").GetString()!;
        await Finished(id);
        return id;
    }

    public Task<JsonElement> Finished(string generation) =>
        Until($"/v1/generations/{generation}", state => state.GetProperty("status").GetString() is not ("queued" or "processing"));

    /// <summary>Asks as programs do that have no webhook: less and less often, so that a plan's limit allows it; for a minute unless told otherwise.</summary>
    public async Task<JsonElement> Until(string path, Func<JsonElement, bool> reached, TimeSpan? most = null)
    {
        var patience = DateTime.UtcNow + (most ?? TimeSpan.FromMinutes(1));
        for (var pause = 300; ; pause = Math.Min(2000, pause * 6 / 5))
        {
            var state = await Get(path);
            if (reached(state)) return state;
            if (DateTime.UtcNow > patience) throw new TimeoutException($"{path} is not so in time: {state}");
            await Task.Delay(pause);
        }
    }

    private async Task<JsonElement> Send(string method, string path, string body) =>
        (await Curl.Json("-X", method, site.Address + path, "-H", $"X-API-KEY: {key}", "-H", "Content-Type: application/json", "-d", body)).GetProperty("data");
}
