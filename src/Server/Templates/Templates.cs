namespace Rpd.Server.Templates;

/// <summary>Prompts with gaps: a curated few that everybody has, and one's own.</summary>
public static class TemplateParts
{
    public static IServiceCollection AddTemplates(this IServiceCollection services) => services.AddSingleton<CuratedTemplates>()
        .AddScoped<TemplateQueries>().AddScoped<CreateTemplate>().AddScoped<ChangeTemplate>().AddScoped<DeleteTemplate>();
}
