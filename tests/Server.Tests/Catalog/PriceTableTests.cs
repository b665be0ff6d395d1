using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Catalog;
using Rpd.Server.Tests.Support;

namespace Rpd.Server.Tests.Catalog;

public sealed class PriceTableTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task A_table_has_a_row_for_each_choice_that_changes_the_price_and_the_price_of_the_estimate_in_its_cells()
    {
        var app = shared.App;
        var entry = app.Services.GetRequiredService<ModelCatalog>().Find("kling-3.0")!;

        var table = Assert.Single(PriceTables.Of(entry));

        Assert.Equal(["resolution", "audio"], table.Axes);
        Assert.Equal([3, 5, 9, 15], table.Amounts);
        Assert.Equal(["text2video", "image2video"], table.Types);
        // 4k costs the same with sound and without.
        var dearest = Assert.Single(table.Rows, row => row.Values[0].SequenceEqual(["4k"]) && row.Count == 1);
        Assert.Empty(dearest.Values[1]);
        Assert.Equal([30, 50, 90, 150], dearest.Credits);
        var quiet = Assert.Single(table.Rows, row => row.Values[0].SequenceEqual(["720p"]) && row.Values[1].SequenceEqual(["off"]) && row.Count == 4);
        var (_, body) = await (await app.Caller()).Post("/v1/credits/estimate", new { type = "text2video", provider = "kling", model = "kling-3.0", count = 4, @params = new { duration = 5, resolution = "720p", audio = "off" } });
        Assert.Equal(body.GetProperty("credits").GetInt64(), quiet.Credits[1]);
    }

    [Fact]
    public async Task Every_model_of_the_catalogue_has_a_table_that_fits_a_page()
    {
        var app = shared.App;

        Assert.All(app.Services.GetRequiredService<ModelCatalog>().All, entry =>
        {
            Assert.NotNull(PriceTables.UsualRun(entry));
            Assert.All(PriceTables.Of(entry), table =>
            {
                Assert.InRange(table.Rows.Count, 1, 24);
                Assert.InRange(table.Amounts.Count, 1, 5);
                Assert.Contains(table.Rows, row => row.Credits.All(credits => credits is not null));
                Assert.All(table.Rows, row => Assert.Equal((table.Axes.Count, table.Amounts.Count), (row.Values.Count, row.Credits.Count)));
            });
        });
    }

    [Fact]
    public async Task Where_the_type_decides_each_type_has_its_own_table()
    {
        var app = shared.App;
        var entry = app.Services.GetRequiredService<ModelCatalog>().Find("kling-image-2.1")!;

        var tables = PriceTables.Of(entry);

        Assert.Equal(entry.SupportedTypes, tables.Select(table => table.Types.Single()));
        Assert.NotEqual(tables[0].Rows[0].Credits[^1], tables[1].Rows[0].Credits[^1]);
    }
}
