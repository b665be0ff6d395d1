using Rpd.Server.Catalog;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Providers.Vendors;

public sealed class KlingTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private protected override VendorServer Vendor() => new KlingServer();

    private protected override (string Model, string Type) Usual => ("kling-3.0", "text2video");
}

/// <summary>With a pair of keys, which the older routes alone take.</summary>
public sealed class KlingPairTests(TestPostgres postgres, SharedVendor shared) : Conformance(postgres, shared)
{
    private protected override VendorServer Vendor() => new KlingServer(pair: true);

    private protected override (string Model, string Type) Usual => ("kling-3.0", "text2video");

    private protected override bool NeedsMore(CatalogEntry entry, string type) => entry.Id == "kling-3.0-turbo";
}
