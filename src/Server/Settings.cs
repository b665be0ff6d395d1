using Microsoft.Extensions.Options;

namespace Rpd.Server;

public static class Settings
{
    /// <summary>
    /// A section of the settings as <typeparamref name="T"/>, which is injected as it is. What its annotations forbid stops the start with a sentence
    /// that names the setting.
    /// </summary>
    public static OptionsBuilder<T> AddChecked<T>(this IServiceCollection services, IConfiguration settings, string section) where T : class
    {
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<T>>().Value);
        return services.AddOptions<T>().Bind(settings.GetSection(section)).ValidateDataAnnotations().ValidateOnStart();
    }
}
