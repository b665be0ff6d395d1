using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Resources;

namespace Rpd.Server.Telemetry;

/// <summary>
/// Traces, metrics and logs for operators: by OTLP where a collector is set, and metrics as text for whoever may read them. The framework's and the driver's own meters and
/// sources are named here; what is ours is in <see cref="Measured"/>.
/// </summary>
public static class TelemetryParts
{
    internal static readonly string[] Meters = [Measured.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "Microsoft.AspNetCore.Http.Connections", "System.Net.Http", "System.Runtime", "Npgsql"];
    internal static readonly string[] Sources = [Measured.Name, "Microsoft.AspNetCore", "System.Net.Http", "Npgsql"];

    public static IServiceCollection AddTelemetry(this IServiceCollection services, IConfiguration settings)
    {
        services.AddChecked<TelemetryOptions>(settings, "Telemetry");
        services.AddSingleton<PrometheusText>().AddSingleton<MeasureQueue>().AddSingleton<Reporting>().AddHostedService(provider => provider.GetRequiredService<Reporting>());
        var options = settings.GetSection("Telemetry").Get<TelemetryOptions>() ?? new();
        if (options.Exports) services.AddLogging(logging => logging.AddOpenTelemetry(logs =>
        {
            (logs.IncludeScopes, logs.IncludeFormattedMessage) = (true, true);
            logs.SetResourceBuilder(Resource(options)).AddOtlpExporter(otlp => Reach(otlp, options, "logs"));
        }));
        return services.RedactLogs();
    }

    /// <summary>Whoever asks for a logger gets one that keeps secrets.</summary>
    private static IServiceCollection RedactLogs(this IServiceCollection services)
    {
        var usual = services.Last(service => service.ServiceType == typeof(ILoggerFactory));
        services.Remove(usual);
        return services.AddSingleton<ILoggerFactory>(provider => new RedactedLogs((ILoggerFactory)(usual.ImplementationInstance ?? usual.ImplementationFactory?.Invoke(provider)
            ?? ActivatorUtilities.CreateInstance(provider, usual.ImplementationType!))));
    }

    internal static ResourceBuilder Resource(TelemetryOptions options) => ResourceBuilder.CreateDefault().AddService(options.ServiceName);

    internal static void Reach(OtlpExporterOptions otlp, TelemetryOptions options, string signal) =>
        (otlp.Protocol, otlp.Endpoint, otlp.Headers) = (OtlpExportProtocol.HttpProtobuf, new Uri($"{options.OtlpEndpoint!.TrimEnd('/')}/v1/{signal}"), options.OtlpHeaders);
}
