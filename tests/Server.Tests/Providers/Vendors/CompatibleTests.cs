using System.Text;
using System.Text.Json;
using Rpd.Server.Providers;
using Rpd.Server.Providers.Compatible;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class CompatibleTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private readonly TestPostgres postgres = postgres;

    private protected override VendorServer Vendor() => new CompatibleServer();

    private protected override (string Model, string Type) Usual => ("local-sdxl", "text2image");

    [Fact]
    public async Task Every_param_is_a_field()
    {
        await using var world = await VendorWorld.Start(postgres, Vendor());
        var request = world.Request(world.Catalog.Find("local-sdxl")!, "text2image", "A fox");
        request["negativePrompt"] = "rain";
        request["params"] = new { size = "512x512", outputFormat = "png", seed = 7 };
        var (_, answer) = await world.Caller.Post("/v1/generations", request);
        await world.Ended(answer.GetProperty("data").GetProperty("id").GetGuid());

        Assert.Equal("""{"model":"sdxl","prompt":"A fox. Avoid: rain.","n":1,"seed":7,"size":"512x512","output_format":"png"}""", Encoding.UTF8.GetString(world.Vendor.Requests.Single(world.Vendor.Starts).Body));
        Assert.Empty(world.Vendor.Faults);
    }
}

/// <summary>What is read without a server.</summary>
public sealed class CompatibleReadingTests
{
    private static readonly CompatibleVendor Vendor = new();
    private static readonly VendorJob Job = new(Guid.Empty, new(Guid.Empty, "text2image", "m", "A fox", null, new Dictionary<string, JsonElement>(), 1, ""), "m", "", 1, null) { Access = new() { BaseUrl = "http://127.0.0.1:8080/v1" } };

    [Theory]
    [InlineData(400, "content_policy_violation", ProviderFault.ContentPolicy)]
    [InlineData(400, "moderation_blocked", ProviderFault.ContentPolicy)]
    [InlineData(400, "invalid_request", ProviderFault.InvalidInput)]
    [InlineData(401, "invalid_api_key", ProviderFault.InsufficientQuota)]
    [InlineData(429, "insufficient_quota", ProviderFault.InsufficientQuota)]
    [InlineData(429, "rate_limit_exceeded", ProviderFault.RateLimited)]
    [InlineData(404, "model_not_found", ProviderFault.Unavailable)]
    [InlineData(500, "server_error", ProviderFault.Internal)]
    public void Each_refusal_is_one_of_our_faults(int status, string code, ProviderFault fault) => Assert.Equal(fault, Vendor.Fault(Answers.Of(status, $$$"""{"error":{"message":"no","code":"{{{code}}}"}}""")).Fault);

    [Fact]
    public void What_lies_on_the_server_itself_is_fetched_as_its_interface_is()
    {
        Assert.Equal("http://127.0.0.1:8080/generated/a.png", Output("http://127.0.0.1:8080/generated/a.png").Call!.Address);
        Assert.Equal("http://127.0.0.1:9000/a.png", Output("http://127.0.0.1:9000/a.png").Link!.AbsoluteUri);
        Assert.IsType<VendorReply.Unknown>(Vendor.Submitted(Job, Answers.Of(200, """{"data":[{"url":"file:///etc/passwd"}]}""")));
    }

    [Fact]
    public void It_needs_an_address_and_perhaps_a_key()
    {
        Assert.Contains("Providers:compatible:BaseUrl", Vendor.Missing(new(), "m"), StringComparison.Ordinal);
        Assert.Null(Vendor.Missing(new() { BaseUrl = "http://127.0.0.1:8080/v1" }, "m"));
    }

    private static VendorOutput Output(string address) => Assert.Single(Assert.IsType<VendorReply.Made>(Vendor.Submitted(Job, Answers.Of(200, $$"""{"data":[{"url":"{{address}}"}]}"""))).Outputs);
}
