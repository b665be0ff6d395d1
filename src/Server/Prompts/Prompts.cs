using Microsoft.Extensions.Options;
using Rpd.Server.Providers.Chat;

namespace Rpd.Server.Prompts;

/// <summary>Prompts: what they may ask for (<see cref="ContentPolicy"/>) and how they can say it better (<see cref="EnhancePrompt"/>).</summary>
public static class PromptParts
{
    public static IServiceCollection AddPrompts(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<PromptUpstreamOptions>(settings, PromptUpstreamOptions.Section)
            .Validate(prompts => prompts.Own || prompts.Model.Length == 0 || Served(settings, prompts.Model), $"{PromptUpstreamOptions.Section}: Model is served by none of {UpstreamsOptions.Section}, and there is no BaseUrl.");
        services.AddChecked<ContentPolicyOptions>(settings, "ContentPolicy");
        services.AddChecked<ModerationOptions>(settings, "ContentPolicy:Upstream");
        services.AddOptions<Dictionary<string, PolicyCategoryOptions>>().Bind(settings.GetSection("ContentPolicy:Categories"))
            .Validate(categories => categories.All(category => ContentPolicy.BuiltIn.Contains(category.Key) || category.Value.Extra.Length > 0),
                $"ContentPolicy:Categories has a name that is neither built in ({string.Join(", ", ContentPolicy.BuiltIn)}) nor has terms of its own (Extra).")
            .ValidateOnStart();
        services.AddSingleton(provider => new ContentPolicy(provider.GetRequiredService<ContentPolicyOptions>(), provider.GetRequiredService<IOptions<Dictionary<string, PolicyCategoryOptions>>>().Value));
        return services.AddSingleton<Moderation>().AddSingleton<EnhancePrompt>();
    }

    // A model alone, without any upstream, has always been allowed: nothing is asked then.
    private static bool Served(IConfiguration settings, string model) =>
        settings.GetSection(UpstreamsOptions.Section).Get<UpstreamsOptions>() is not { Count: > 0 } upstreams || upstreams.Values.Any(upstream => upstream.Model(model) is not null);
}
