using System.Net;
using Rpd.Server.Tests.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Admin;

/// <summary>Whether a provider answers, and how one that was held back is called again.</summary>
public sealed class ProviderAdminTests(TestPostgres postgres)
{
    [Fact]
    public async Task A_provider_is_called_once_for_nothing_and_one_that_fails_is_held_back_until_an_administrator_says_otherwise()
    {
        await using var world = await VendorWorld.Start(postgres, new StabilityServer());
        var (vendor, admin) = (world.Vendor, await PageVisitor.Administer(world.App, (await world.App.Caller(admin: true)).Account));
        Assert.Contains("stability has answered within", await Test("stability"), StringComparison.Ordinal);
        Assert.Equal(("GET", "/v1/user/balance", 0), (Assert.Single(vendor.Requests).Method, Assert.Single(vendor.Requests).Path, vendor.Jobs));

        vendor.Once(_ => true, 401);
        Assert.Matches("stability, after [0-9]+ ms: ", await Test("stability"));
        Assert.Contains("kling was not called.", await Test("kling"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await admin.Post("/admin/providers", "/admin/providers/nobody/test")).StatusCode);

        // Each call is tried three times.
        for (var n = 0; n < 12; n++) vendor.Once(_ => true, 503, retryAfter: "0");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => admin.Post("/admin/providers", "/admin/providers/stability/test")));
        vendor.Anew();
        Assert.Contains("is left alone for a moment", await Test("stability"), StringComparison.Ordinal);
        Assert.Empty(vendor.Requests);
        Assert.Matches("Stability[^<:]*: held back", await admin.Read("/admin"));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await admin.Post("/admin/providers", "/admin/providers/stability/close", ("reason", " "))).StatusCode);
        Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post("/admin/providers", "/admin/providers/stability/close", ("reason", "They are back"))).StatusCode);
        Assert.Contains("stability is called again.", await admin.Read("/admin/providers"), StringComparison.Ordinal);
        Assert.Contains("stability has answered within", await Test("stability"), StringComparison.Ordinal);
        Assert.Equal("true They are back", await world.App.Scalar<string>("select (before ->> 'heldBack') || ' ' || (after ->> 'reason') from audit_entries where action = 'provider.close' and target = 'stability'"));

        async Task<string> Test(string name)
        {
            Assert.Equal(HttpStatusCode.SeeOther, (await admin.Post("/admin/providers", $"/admin/providers/{name}/test")).StatusCode);
            return await admin.Read("/admin/providers");
        }
    }
}
