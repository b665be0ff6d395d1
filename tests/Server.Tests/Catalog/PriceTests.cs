using System.Text.Json;
using Rpd.Server.Catalog;
using Rpd.Server.Http;

namespace Rpd.Server.Tests.Catalog;

public sealed class PriceTests
{
    private static readonly ModelCatalog Models = new([], new Rpd.Server.Providers.Vendors.VendorList([], []), TimeProvider.System);

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

    [Theory]
    [InlineData("studio-sketch", "text2image", 4, 4)]
    [InlineData("luma-photon-flash-1", "text2image", 4, 1)]
    [InlineData("flux-2-klein-4b", "text2image", 1, 1)]
    [InlineData("flux-2-klein-4b", "text2image", 4, 2)]
    public void Several_outputs_are_rounded_up_together(string model, string type, int count, long credits) =>
        Assert.Equal(credits, Prices.Of(Models.Find(model)!, type, new Dictionary<string, JsonElement>(), "x", count).Value?.Credits);

    [Theory]
    [InlineData(0.01, 1, 1)]
    [InlineData(2.5, 3, 8)]
    [InlineData(1, 0.001, 1)]
    [InlineData(0, 100, 0)]
    [InlineData(0.07, 100, 7)]
    public void Prices_round_up_and_are_one_at_least_unless_the_model_is_free(decimal rate, decimal units, long credits) =>
        Assert.Equal(credits, Prices.Charge(rate, units));

    [Fact]
    public void A_model_without_a_price_for_the_request_is_refused_and_never_free()
    {
        var entry = Models.Find("studio-sketch")! with { CreditCostPerImage = null };
        Assert.Equal("VALIDATION_ERROR", Prices.Of(entry, "text2image", new Dictionary<string, JsonElement>(), "x", 1).Refusal!.Code);
    }

    [Fact]
    public void Every_catalogue_entry_has_a_price_for_a_length_that_it_takes()
    {
        foreach (var entry in Models.All.Where(entry => entry.EnabledByDefault))
        {
            var length = entry.Rules.GetValueOrDefault("duration") is { } rule ? rule.Choices.Count > 0 ? rule.Choices[0] : $"{Math.Max(rule.Min ?? 5, 1)}" : "5";
            foreach (var type in entry.SupportedTypes)
            {
                var read = Read(entry.Id, $$"""{"duration":{{length}}}""", out var errors);
                var price = Prices.Of(entry, type, read.Values, "a prompt", 1);
                Assert.True(errors.Count == 0 && !price.Declined && (price.Value.Credits > 0 || entry.Provider == "sandbox"), $"{entry.Id} {type}: {price.Refusal?.Message}{string.Join(' ', errors)}");
            }
        }
    }

    [Fact]
    public void What_is_sold_by_the_second_is_made_as_long_as_it_is_paid_for()
    {
        Assert.Equal(5, Read("kling-avatar", """{"duration":5}""", out var errors).Values["duration"].GetDecimal());
        Assert.Empty(errors);
        Assert.Equal("params.duration", Prices.Of(Models.Find("kling-avatar")!, "avatar", new Dictionary<string, JsonElement>(), "x", 1).Refusal!.Details![0].Field);
        var unsaid = Read("runway-gen4.5", "{}", out _).Values["duration"].GetDecimal();
        Assert.Equal(Price("runway-gen4.5", "text2video", $$"""{"duration":{{unsaid}}}"""), Price("runway-gen4.5", "text2video", "{}"));
    }

    [Theory]
    [InlineData("""{"width":1920,"height":1080}""", "aspectRatio", "16:9")]
    [InlineData("""{"aspectRatio":"9:16"}""", "aspectRatio", "9:16")]
    [InlineData("""{"aspectRatio":"2:1"}""", "aspectRatio", "16:9")]
    public void A_size_or_another_shape_becomes_the_nearest_ratio_of_a_model_that_thinks_in_ratios(string parameters, string name, string value) =>
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
    [InlineData("""{"seed":"7"}""", "params.seed")]
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
