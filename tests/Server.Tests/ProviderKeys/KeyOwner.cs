using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Tests.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.ProviderKeys;

/// <summary>Somebody with an account at Kling, in a world where the operator has one as well.</summary>
internal static class KeyOwner
{
    public const string Key = "a-customers-own-kling-key-7731", Newer = "a-customers-newer-kling-key-9942";
    public const string Operators = "kling-api-key-0123456789";

    public static async Task<(VendorWorld World, KlingServer Kling)> World(TestPostgres postgres, params (string, string)[] settings)
    {
        var kling = new KlingServer { Customers = [Key, Newer] };
        return (await VendorWorld.Start(postgres, kling, settings), kling);
    }

    /// <summary>The operator has no account there.</summary>
    public static (string, string) Unconfigured => ("Providers:kling:ApiKey", "");

    public static async Task<(HttpStatusCode Status, JsonElement Body)> Put(this Caller caller, object body, string provider = "kling")
    {
        using var answer = await caller.Http.PutAsJsonAsync($"/v1/provider-keys/{provider}", body);
        return (answer.StatusCode, JsonElement.Parse(await answer.Content.ReadAsStringAsync()));
    }

    public static async Task<JsonElement> Bring(this Caller caller, string key = Key)
    {
        var (status, body) = await caller.Put(new { apiKey = key });
        Assert.True(status == HttpStatusCode.OK, $"{status}: {body}");
        return body.GetProperty("data");
    }

    public static async Task<JsonElement> Estimate(this Caller caller, string model = "kling-3.0")
    {
        var (status, body) = await caller.Post("/v1/credits/estimate", new { type = "text2video", provider = "kling", model, duration = 5 });
        Assert.True(status == HttpStatusCode.OK, $"{status}: {body}");
        return body.GetProperty("data");
    }

    public static CatalogEntry Video(this VendorWorld world) => world.Catalog.Find("kling-3.0")!;

    /// <summary>The keys that Kling was called with, downloads aside.</summary>
    public static string[] KeysSeen(this KlingServer kling) =>
        [.. kling.Requests.Where(request => !kling.Downloads(request)).Select(request => request.Header("Authorization")!["Bearer ".Length..]).Distinct()];

    /// <summary>Until Kling works on so many.</summary>
    public static async Task Working(this KlingServer kling, int jobs)
    {
        for (var waited = 0; kling.Jobs < jobs; waited++)
        {
            Assert.True(waited < 200, $"Kling has {kling.Jobs} jobs.");
            await Task.Delay(100);
        }
    }
}
