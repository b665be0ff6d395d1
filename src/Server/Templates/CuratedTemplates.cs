using System.Text.Json;
using Rpd.Shared.Templates;

namespace Rpd.Server.Templates;

/// <summary>The templates that come with the program: the file <c>templates.json</c>, in its order.</summary>
public sealed class CuratedTemplates
{
    public IReadOnlyList<TemplateView> All { get; } = Read();

    public TemplateView? Find(Guid id) => All.FirstOrDefault(template => template.Id == id);

    private static TemplateView[] Read()
    {
        using var file = typeof(CuratedTemplates).Assembly.GetManifestResourceStream("templates.json") ?? throw new InvalidOperationException("templates.json is missing.");
        return [.. JsonSerializer.Deserialize<TemplateView[]>(file, JsonSerializerOptions.Web)!.Select(template => template with { Curated = true })];
    }
}
