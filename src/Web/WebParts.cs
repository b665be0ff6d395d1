using Microsoft.Extensions.DependencyInjection;
using Rpd.Web.Ui;

namespace Rpd.Web;

public static class WebParts
{
    /// <summary>What the components need, apart from the cascaded viewer, which the host registers.</summary>
    public static IServiceCollection AddWeb(this IServiceCollection services)
    {
        services.AddRazorComponents();
        services.AddSingleton<AssetUrls>();
        return services;
    }
}
