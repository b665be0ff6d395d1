using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Http;

namespace Rpd.Server.Tests.Catalog;

public sealed class PriceTests
{
    private static readonly ModelCatalog Models = new([], TimeProvider.System);

    [Fact]
    public void The_catalogue_that_is_shipped_is_valid() => Assert.True(Models.All.Count > 100);

    [Fact]
    public void Five_seconds_of_the_seed_documents_model_cost_the_ten_credits_it_shows() =>
        Assert.Equal(10, Price("kling-3.0", "text2video", """{"duration":5,"aspectRatio":"16:9"}"""));

    [Theory]
    [InlineData("kling-3.0", "text2video", """{"duration":5,"resolution":"1080p"}""", 15)]
    [InlineData("kling-3.0", "text2video", """{"duration":10,"audio":"native"}""", 30)]
    [InlineData("kling-3.0", "text2video", """{"duration":10,"audio":"off"}""", 20)]
    [InlineData("studio-sketch", "text2image", """{}""", 1)]
    public void A_tier_sets_the_rate_of_the_params_it_names(string model, string type, string parameters, long credits) =>
        Assert.Equal(credits, Price(model, type, parameters));

    [Fact]
    public void A_count_multiplies_the_price_of_one_output() =>
        Assert.Equal(4, Prices.Of(Models.Find("studio-sketch")!, "text2image", new Dictionary<string, JsonElement>(), "x", 4).Value?.Credits);

    [Theory]
    [InlineData(0.01, 1, 1)]
    [InlineData(2.5, 3, 8)]
    [InlineData(1, 0.001, 1)]
    [InlineData(0, 100, 0)]
    [InlineData(0.07, 100, 7)]
    public void Prices_round_up_and_are_one_at_least_unless_the_model_is_free(decimal rate, decimal units, long credits) =>
        Assert.Equal(credits, Prices.PerOutput(rate, units));

    [Fact]
    public void A_model_without_a_price_for_the_request_is_refused_and_never_free()
    {
        var entry = Models.Find("studio-sketch")! with { CreditCostPerImage = null };
        Assert.Equal("VALIDATION_ERROR", Prices.Of(entry, "text2image", new Dictionary<string, JsonElement>(), "x", 1).Refusal!.Code);
    }

    [Fact]
    public void Every_catalogue_entry_has_a_price_or_says_what_it_needs_to_have_one()
    {
        foreach (var entry in Models.All)
        {
            foreach (var type in entry.SupportedTypes)
            {
                var price = Prices.Of(entry, type, new Dictionary<string, JsonElement>(), "a prompt", 1);
                Assert.True(price.Declined || price.Value.Credits > 0 || entry.Provider == "sandbox", $"{entry.Id} {type}");
            }
        }
    }

    [Theory]
    [InlineData("""{"width":1920,"height":1080}""", "aspectRatio", "16:9")]
    [InlineData("""{"aspectRatio":"9:16"}""", "aspectRatio", "9:16")]
    public void A_size_becomes_the_nearest_ratio_of_a_model_that_thinks_in_ratios(string parameters, string name, string value) =>
        Assert.Equal(value, Read("kling-3.0", parameters, out _).Values[name].GetString());

    [Fact]
    public void What_cannot_apply_is_ignored_and_named()
    {
        var read = Read("studio-sketch", """{"duration":5}""", out var errors);
        Assert.Empty(errors);
        Assert.Equal(["duration"], read.Ignored);
    }

    [Theory]
    [InlineData("""{"width":-1}""", "params.width")]
    [InlineData("""{"width":1e300}""", "params.width")]
    [InlineData("""{"width":"NaN"}""", "params.width")]
    [InlineData("""{"width":4096}""", "params.width")]
    [InlineData("""{"aspectRatio":"0:0"}""", "params.aspectRatio")]
    [InlineData("""{"seed":1.5}""", "params.seed")]
    [InlineData("""{"colour":"blue"}""", "params.colour")]
    public void A_param_that_is_wrong_is_named_with_what_is_allowed(string parameters, string field)
    {
        Read("studio-sketch", parameters, out var errors);
        Assert.Contains(errors, error => error.Field == field);
    }

    private static long Price(string model, string type, string parameters) =>
        Prices.Of(Models.Find(model)!, type, Read(model, parameters, out var errors).Values, "x", 1).Value!.Credits + errors.Count;

    private static RequestParams Read(string model, string parameters, out IReadOnlyList<Rpd.Shared.FieldError> errors)
    {
        var json = JsonDocument.Parse($$"""{"params":{{parameters}}}""").RootElement;
        var fields = Fields.Of(json);
        var read = RequestParams.Read(fields.Object("params"), json.GetProperty("params").EnumerateObject().Select(param => param.Name), Models.Find(model)!);
        errors = fields.Errors;
        return read;
    }
}
