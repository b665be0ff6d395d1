using System.ComponentModel.DataAnnotations;
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
        services.AddSingleton<IValidateOptions<T>>(new Annotations<T>(section));
        return services.AddOptions<T>().Bind(settings.GetSection(section)).ValidateOnStart();
    }

    // The framework's own would name the class where the operator knows the section.
    private sealed class Annotations<T>(string section) : IValidateOptions<T> where T : class
    {
        public ValidateOptionsResult Validate(string? name, T options)
        {
            var wrong = new List<ValidationResult>();
            return Validator.TryValidateObject(options, new(options), wrong, validateAllProperties: true)
                ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(wrong.Select(one => $"{section}: {one.ErrorMessage}"));
        }
    }
}
