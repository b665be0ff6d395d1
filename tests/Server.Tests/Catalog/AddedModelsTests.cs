using Microsoft.Extensions.Configuration;
using Rpd.Server.Catalog;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Tests.Catalog;

public sealed class AddedModelsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory();

    [Fact]
    public void An_entry_of_the_settings_says_little_and_the_rest_is_usual()
    {
        var entry = Assert.Single(Added(("Catalog:Models:0:id", "mine"), ("Catalog:Models:0:provider", "compatible"), ("Catalog:Models:0:displayName", "Mine"), ("Catalog:Models:0:supportedTypes:0", "text2image"),
            ("Catalog:Models:0:creditCostPerImage", "1.5"), ("Catalog:Models:0:params:durations:0", "5"), ("Catalog:Models:0:params:seed", "true")).All);

        Assert.Equal(("mine", 1.5m, "image", "active"), (entry.Id, entry.BaseRate, entry.BillingUnit, entry.Lifecycle.Status));
        Assert.True(entry.Rules["duration"]!.Numeric);
        Assert.Contains("seed", entry.Rules.Keys);
    }

    [Fact]
    public void A_file_adds_models_in_the_shape_of_the_catalogue()
    {
        var path = Write("mine.json", """[{"id":"mine","provider":"fal","displayName":"Mine","supportedTypes":["text2image"],"upstreamModelId":"fal-ai/flux/dev","creditCostPerImage":1},{"id":"off","provider":"fal","displayName":"Off","supportedTypes":["text2image"],"creditCostPerImage":1,"enabledByDefault":false}]""");

        Assert.Equal("fal-ai/flux/dev", Assert.Single(Added(("Catalog:File", path)).All).UpstreamModelId);
    }

    [Fact]
    public void Every_workflow_is_a_model()
    {
        Write("sketch.json", """{"model":{"supportedTypes":["text2image"],"creditCostPerImage":1},"workflow":{}}""");

        var entry = Assert.Single(Added(("Providers:comfyui:Workflows", folder.FullName)).All);

        Assert.Equal(("sketch", "comfyui", "sketch", "sketch"), (entry.Id, entry.Provider, entry.DisplayName, entry.UpstreamModelId));
    }

    [Fact]
    public void All_that_is_wrong_is_told_together()
    {
        Write("empty.json", "{}");
        Write("broken.json", "{");
        var wrong = Write("list.txt", """[{"id":"a","provider":"nobody","displayName":"A","supportedTypes":["dance"],"creditCostPerImage":0.001},{"id":"b","provider":"fal","displayName":"B","supportedTypes":"text2image"}]""");

        var fault = Assert.Throws<CannotStart>(() => Added(("Providers:comfyui:Workflows", folder.FullName), ("Catalog:File", wrong)));

        foreach (var said in new[] { "empty.json needs a model", "broken.json cannot be read", "unknown type dance", "no provider is called nobody", "0.001 is not a rate", "list.txt, entry 2" }) Assert.Contains(said, fault.Message, StringComparison.Ordinal);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static AddedModels Added(params (string, string)[] settings)
    {
        var all = new ConfigurationBuilder().AddInMemoryCollection(settings.ToDictionary(one => one.Item1, one => (string?)one.Item2)).Build();
        var providers = new ProvidersOptions();
        all.GetSection("Providers").Bind(providers);
        return new(all, new VendorList(VendorList.Known, providers));
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
