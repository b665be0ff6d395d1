using System.Net;
using System.Text.Json;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Billing;

public sealed class BillingApiTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_right_request_is_told_which_setting_is_missing()
    {
        var app = shared.App;
        var caller = await app.Caller();

        foreach (var body in new object[] { new { pack = "small" }, new { plan = "creator", interval = "month" } })
            NamesTheSetting(await caller.Post("/v1/billing/checkout", body));
        NamesTheSetting(await caller.Post("/v1/billing/portal", new { }));
        using var stripe = await app.CreateClient().PostAsync(new Uri("/v1/billing/stripe", UriKind.Relative), new StringContent("{}"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, stripe.StatusCode);
    }

    [Fact]
    public async Task A_wrong_one_has_every_field_named_and_a_stranger_is_refused()
    {
        var app = shared.App;
        var caller = await app.Caller();

        Assert.Equal("interval,pack,plan", await Fields(caller, new { pack = "huge", plan = "free", interval = "decade" }));
        Assert.Equal("pack,plan", await Fields(caller, new { }));
        Assert.Equal("interval", await Fields(caller, new { plan = "pro" }));
        Assert.Equal("interval", await Fields(caller, new { pack = "small", interval = "month" }));
        Assert.Equal("pack,plan", await Fields(caller, new { pack = "small", plan = "pro", interval = "month" }));
        foreach (var path in new[] { "checkout", "portal" })
            Assert.Equal(HttpStatusCode.Unauthorized, (await app.CreateClient().PostAsync(new Uri("/v1/billing/" + path, UriKind.Relative), null)).StatusCode);
    }

    private static void NamesTheSetting((HttpStatusCode Status, JsonElement Body) answer)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
        Assert.Contains("Stripe:SecretKey", answer.Body.GetProperty("error").GetProperty("message").GetString(), StringComparison.Ordinal);
    }

    private static async Task<string> Fields(Caller caller, object body)
    {
        var (status, answer) = await caller.Post("/v1/billing/checkout", body);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        return string.Join(',', answer.GetProperty("error").GetProperty("details").EnumerateArray().Select(detail => detail.GetProperty("field").GetString()).Distinct().Order(StringComparer.Ordinal));
    }
}
