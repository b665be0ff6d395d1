using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Rpd.Server.Catalog;
using Rpd.Server.Templates;
using Rpd.Server.Tests.Gallery;
using Rpd.Server.Tests.Support;
using Rpd.Shared.Generations;

namespace Rpd.Server.Tests.Templates;

public sealed class TemplateTests(SharedApp shared) : IClassFixture<SharedApp>
{
    [Fact]
    public async Task The_curated_templates_cover_every_type_and_each_fits_its_gaps_and_its_model()
    {
        var app = shared.App;
        var catalog = app.Services.GetRequiredService<ModelCatalog>();
        var all = new CuratedTemplates().All;

        Assert.Equal(GenerationTypes.All.Order(), all.Select(template => template.Type).Distinct().Order());
        Assert.Equal(all.Count, all.Select(template => template.Id).Distinct().Count());
        Assert.All(all, template =>
        {
            Assert.All(template.Placeholders, placeholder => Assert.Contains($"{{{placeholder.Name}}}", template.Prompt, StringComparison.Ordinal));
            Assert.Equal(template.Placeholders.Count, template.Prompt.Count(letter => letter == '{'));
            if (template.Model is { } model) Assert.Contains(template.Type, catalog.Find(model)!.SupportedTypes);
        });
    }

    [Fact]
    public async Task Everybody_reads_the_curated_ones_and_the_owner_has_their_own_before_them()
    {
        var app = shared.App;
        var (owner, other) = (await app.Caller(), await app.Caller());
        var curated = new CuratedTemplates().All.Select(template => template.Id).ToArray();
        var first = (await owner.Post("/v1/templates", new { title = "One", type = "audio", prompt = "Say {what}" })).Data().GetProperty("id").GetGuid();
        var second = (await owner.Post("/v1/templates", new { title = "Two", type = "text2image", prompt = "{a} and {b}" })).Data().GetProperty("id").GetGuid();

        Guid[] mine = [second, first];
        Assert.Equal(mine.Concat(curated), await owner.AllIds("/v1/templates"));
        Assert.Equal(curated, await other.AllIds("/v1/templates"));
        Assert.Equal(curated, await app.Stranger().AllIds("/v1/templates"));
        Assert.Equal([second, first], await owner.AllIds("/v1/templates?owner=own"));
        var spoken = new CuratedTemplates().All.Where(template => template.Type == "audio").Select(template => template.Id).ToArray();
        Assert.NotEmpty(spoken);
        Assert.Equal(spoken, await owner.AllIds("/v1/templates?type=audio&owner=curated"));
        Guid[] all = [first, .. spoken];
        Assert.Equal(all, await owner.AllIds("/v1/templates?type=audio"));
        Assert.Equal(HttpStatusCode.OK, (await app.Stranger().Get($"/v1/templates/{curated[0]}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/v1/templates/{first}")).Status);
    }

    [Fact]
    public async Task An_own_template_is_changed_and_deleted_by_its_owner_alone()
    {
        var app = shared.App;
        var (owner, other) = (await app.Caller(), await app.Caller());
        var id = (await owner.Post("/v1/templates", new
        {
            title = "Hills",
            type = "text2image",
            prompt = "A {colour} hill by {place}",
            model = "studio-sketch",
            placeholders = new[] { new { name = "place", label = "Where", @default = "the sea" } },
        })).Data().GetProperty("id").GetGuid();

        Assert.Equal(HttpStatusCode.NotFound, (await other.Patch($"/v1/templates/{id}", new { title = "Mine" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await other.Delete($"/v1/templates/{id}")).Status);
        var changed = (await owner.Patch($"/v1/templates/{id}", new { prompt = "A hill by {place} at {hour}", model = (string?)null })).Data();
        Assert.Equal(["Where", "hour"], changed.GetProperty("placeholders").EnumerateArray().Select(one => one.GetProperty("label").GetString()!));
        Assert.Null(changed.GetProperty("model").GetString());
        Assert.Equal("Hills", changed.GetProperty("title").GetString());
        var curated = new CuratedTemplates().All[0].Id;
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Patch($"/v1/templates/{curated}", new { title = "Mine" })).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Delete($"/v1/templates/{curated}")).Status);
        Assert.Equal(HttpStatusCode.OK, (await owner.Delete($"/v1/templates/{id}")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await owner.Get($"/v1/templates/{id}")).Status);
    }

    [Fact]
    public async Task Every_mistake_in_a_template_is_named_at_once()
    {
        var app = shared.App;
        var owner = await app.Caller();

        var (status, body) = await owner.Post("/v1/templates", new
        {
            title = "",
            type = "poem",
            prompt = "A {thing}",
            model = "no-such-model",
            placeholders = new object[] { new { name = "lost" }, new { name = "two words" } },
        });

        Assert.Equal(HttpStatusCode.BadRequest, status);
        var fields = body.GetProperty("error").GetProperty("details").EnumerateArray().Select(error => error.GetProperty("field").GetString()!).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["model", "placeholders", "placeholders[1].name", "title", "type"], fields);
    }
}
