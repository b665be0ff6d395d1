using Microsoft.Extensions.Options;

namespace Rpd.Server.Prompts;

/// <summary>Prompts: what they may ask for (<see cref="ContentPolicy"/>) and how they can say it better (<see cref="EnhancePrompt"/>).</summary>
public static class PromptParts
{
    public static IServiceCollection AddPrompts(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<PromptUpstreamOptions>(settings, "Prompts:Upstream");
        services.AddChecked<ContentPolicyOptions>(settings, "ContentPolicy");
        services.AddChecked<ModerationOptions>(settings, "ContentPolicy:Upstream");
        services.AddOptions<Dictionary<string, PolicyCategoryOptions>>().Bind(settings.GetSection("ContentPolicy:Categories"))
            .Validate(categories => categories.All(category => ContentPolicy.BuiltIn.Contains(category.Key) || category.Value.Extra.Length > 0),
                $"ContentPolicy:Categories has a name that is neither built in ({string.Join(", ", ContentPolicy.BuiltIn)}) nor has terms of its own (Extra).")
            .ValidateOnStart();
        services.AddSingleton(provider => new ContentPolicy(provider.GetRequiredService<ContentPolicyOptions>(), provider.GetRequiredService<IOptions<Dictionary<string, PolicyCategoryOptions>>>().Value));
        return services.AddSingleton<Upstream>().AddSingleton<Moderation>().AddSingleton<EnhancePrompt>();
    }
}
