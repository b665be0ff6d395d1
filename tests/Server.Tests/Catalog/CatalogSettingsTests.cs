using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Rpd.Server.Catalog;
using Rpd.Server.Providers.Vendors;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Catalog;

public sealed class CatalogSettingsTests(TestPostgres postgres)
{
    [Fact]
    public void The_settings_hide_show_price_and_prefer()
    {
        var catalog = Catalog(
            ("Catalog:Changes:studio-sketch:Hidden", "true"), ("Catalog:Changes:flux-3-video:Enabled", "true"), ("Catalog:Changes:kling-3.0:Rate", "4"), ("Catalog:Changes:kling-3.0:Alternatives", "kling-2.6, kling-o1"),
            ("Catalog:Changes:kling-3.0:Defaults:resolution", "1080p"), ("Catalog:Changes:kling-3.0:Defaults:duration", "7"), ("Catalog:Margins:kling", "12.5"), ("Catalog:Margins:studio", "10"));

        Assert.Null(catalog.Find("studio-sketch"));
        Assert.DoesNotContain(catalog.All, entry => entry.Id == "studio-sketch");
        Assert.NotNull(catalog.Known("studio-sketch"));
        Assert.NotNull(catalog.Find("flux-3-video"));
        var kling = catalog.Find("kling-3.0")!;
        // 4 instead of 2, and an eighth on it; the dearest tier was five times the base rate.
        Assert.Equal([4.5m, 22.5m], [kling.BaseRate!.Value, kling.PriceTiers!.Max(tier => tier.Rate!.Value)]);
        Assert.Equal(["kling-2.6", "kling-o1"], kling.Alternatives);
        Assert.Equal(7, Prices.UsualSeconds(kling));
        Assert.Equal("1080p", kling.Rules["resolution"]!.Default);
        // Not a whole hundredth: rounded up.
        Assert.Equal(0.4m, catalog.Find("kling-image-2.1")!.BaseRate);
    }

    [Fact]
    public void All_that_is_wrong_in_the_section_stops_the_start_together()
    {
        var wrong = Assert.Throws<OptionsValidationException>(() => Catalog(
            ("Catalog:Changes:no-such:Hidden", "true"), ("Catalog:Changes:kling-3.0:Rate", "1.005"), ("Catalog:Changes:kling-3.0:Alternatives", "kling-3.0"), ("Catalog:Changes:kling-3.0:Defaults:resolution", "8k"),
            ("Catalog:Changes:kling-3.0:Defaults:colour", "red"), ("Catalog:Changes:kling-2.6:Defaults:audio", "native"), ("Catalog:Changes:gemini-omni-1.1-flash:Defaults:resolution", "4k"), ("Catalog:Margins:nobody", "5"),
            ("Catalog:Margins:kling", "-1"), ("Catalog:Preferred:text2image", "kling-3.0"), ("Catalog:Preferred:juggling", "kling-3.0")));

        string[] named =
        [
            "Catalog:Changes:no-such: ", "Catalog:Changes:kling-3.0:Rate: ", "Catalog:Changes:kling-3.0:Alternatives: ", "Catalog:Changes:kling-3.0:Defaults:resolution: ", "Catalog:Changes:kling-3.0:Defaults:colour: ",
            "Catalog:Changes:kling-2.6:Defaults: ", "Catalog:Changes:gemini-omni-1.1-flash:Defaults: ", "Catalog:Margins:nobody: ", "Catalog:Margins:kling: ", "Catalog:Preferred:text2image: ", "Catalog:Preferred:juggling: ",
        ];
        Assert.All(named, name => Assert.Contains(wrong.Failures, failure => failure.StartsWith(name, StringComparison.Ordinal)));
        Assert.Equal(named.Length, wrong.Failures.Count());
    }

    [Fact]
    public async Task The_playground_begins_with_the_preferred_model_while_it_is_to_be_had()
    {
        await using var app = await App.Start(postgres, ("Catalog:Preferred:text2image", "sandbox-success"), ("Catalog:Preferred:text2video", "kling-3.0"));
        var visitor = await PageVisitor.SignIn(app, (await app.Caller()).Account);

        Assert.Contains("""name="model" value="sandbox-success" """, await visitor.Read("/playground?type=text2image"), StringComparison.Ordinal);
        Assert.DoesNotContain("""name="model" value="kling-3.0" """, await visitor.Read("/playground?type=text2video"), StringComparison.Ordinal);
    }

    private static ModelCatalog Catalog(params (string Name, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(one => KeyValuePair.Create(one.Name, (string?)one.Value))).Build();
        using var services = new ServiceCollection().AddCatalog(configuration).AddSingleton(TimeProvider.System).AddSingleton(new VendorList([], [])).BuildServiceProvider();
        services.GetRequiredService<IStartupValidator>().Validate();
        return services.GetRequiredService<ModelCatalog>();
    }
}
