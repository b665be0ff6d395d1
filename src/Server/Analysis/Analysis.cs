using Rpd.Server.Analysis.Aws;
using Rpd.Server.Analysis.Azure;
using Rpd.Server.Analysis.Builtin;
using Rpd.Server.Analysis.Gcp;
using Rpd.Server.Analysis.Llm;
using Rpd.Server.Analysis.Pictures;
using Rpd.Server.Providers.Chat;
using Rpd.Server.Providers.Vendors;

namespace Rpd.Server.Analysis;

/// <summary>
/// Analysis: the mood, the entities and the key phrases of a text; faces, landmarks, objects and writing in a picture. <see cref="Analyse"/> chooses who looks
/// (<see cref="IAnalyst"/>): clouds and chat models that the operator has configured, and this server itself.
/// </summary>
public static class AnalysisParts
{
    public static IServiceCollection AddAnalysis(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<AnalysisOptions>(settings, "Analysis");
        foreach (var vendor in new AnalysisVendor[] { new AwsAnalysis(), new AzureAnalysis(), new GcpAnalysis() })
            services.AddSingleton<IAnalyst>(provider => new AskVendor(vendor, provider.GetRequiredService<AnalysisOptions>().Access(vendor.Name), provider.GetRequiredService<VendorHttp>()));
        services.AddSingleton<IAnalyst>(provider => new AskModel(provider.GetRequiredService<AnalysisOptions>().Access("llm"), provider.GetRequiredService<ChatUpstreams>()));
        services.AddSingleton<IAnalyst, BuiltinAnalyst>().AddSingleton<ReadText>();
        return services.AddSingleton<TakePicture>().AddSingleton<Analyse>();
    }
}
