using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Catalog;
using Rpd.Server.Tests.Support;
using Rpd.Shared.Catalog;

namespace Rpd.Server.Tests.Catalog;

/// <summary>Whatever the catalogue offers can be priced and asked for. Nothing is played: no worker runs.</summary>
public sealed class SoldModelsTests(TestPostgres postgres)
{
    private const string Elsewhere = "https://example.com/given";

    [Fact]
    public async Task Every_model_is_priced_for_five_seconds_and_costs_a_test_key_just_that()
    {
        await using var app = await App.Start(postgres, ("Jobs:SlowWorkers", "0"), ("Plans:business:GeneralPerMinute", "100000"), ("Plans:business:GenerationsPerMinute", "100000"), ("Credits:TestDaily", "1000000"));
        var test = await app.TestCaller(await app.Caller(credits: 0));
        var models = app.Services.GetRequiredService<ModelCatalog>().All;
        var faults = new List<string>();
        foreach (var entry in models)
        {
            var type = entry.SupportedTypes[0];
            var parameters = Required(entry, type);
            parameters["duration"] = Seconds(entry);

            var (priced, price) = await test.Post("/v1/credits/estimate", new { type, provider = entry.Provider, model = entry.Id, prompt = "a dog", @params = parameters });
            var (asked, made) = await test.Post("/v1/generations",
                new { type, provider = entry.Provider, model = entry.Id, prompt = "a dog", inputImageUrl = Elsewhere, inputVideoUrl = Elsewhere, inputAudioUrl = Elsewhere, @params = parameters });

            if (priced != HttpStatusCode.OK) faults.Add($"{entry.Id} is not priced: {price}");
            else if (asked != HttpStatusCode.Created) faults.Add($"{entry.Id} cannot be asked for: {made}");
            else faults.AddRange(Wrong(entry, price, made.GetProperty("data").GetProperty("creditsCost").GetInt64()));
        }

        Assert.True(models.Count > 100);
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static IEnumerable<string> Wrong(CatalogEntry entry, JsonElement price, long cost)
    {
        var (credits, breakdown) = (price.GetProperty("credits").GetInt64(), price.GetProperty("breakdown"));
        if (credits != cost) yield return $"{entry.Id} is estimated at {credits} and costs {cost}";
        if (credits == 0 && breakdown.GetProperty("rate").GetDecimal() > 0) yield return $"{entry.Id} costs nothing";
        if (entry.BillingUnit == "second" && breakdown.GetProperty("units").GetDecimal() != Seconds(entry)) yield return $"{entry.Id} is priced for {breakdown.GetProperty("units")} s and not for {Seconds(entry)}";
    }

    /// <summary>Five, or what is nearest to it by the model's own rule.</summary>
    private static decimal Seconds(CatalogEntry entry) => entry.Rules.GetValueOrDefault("duration") switch
    {
        { Choices: { Count: > 0 } choices } => choices.Contains("5") ? 5 : decimal.Parse(choices[0], CultureInfo.InvariantCulture),
        { Kind: ParamKind.Number } range => (decimal)Math.Clamp(5, range.Min ?? 5, range.Max ?? 5),
        _ => 5,
    };

    /// <summary>What the type needs beside words and files.</summary>
    private static Dictionary<string, object> Required(CatalogEntry entry, string type) =>
        (entry.RequiredInputs.GetValueOrDefault(type) ?? []).Where(input => !input.Contains('|', StringComparison.Ordinal) && InputFields.Of(input) is null).ToDictionary(input => input, input => ParamSpecs.Pictures.Contains(input) ? Elsewhere : Value(entry.Rules.GetValueOrDefault(input)));

    private static object Value(ParamSpec? rule) => rule switch
    {
        { Kind: ParamKind.Switch } => true,
        { Kind: ParamKind.Number } => rule.Min ?? 1,
        { Choices: { Count: > 0 } choices } => choices[0],
        _ => "given",
    };
}
