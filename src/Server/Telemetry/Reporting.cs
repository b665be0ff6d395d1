using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace Rpd.Server.Telemetry;

/// <summary>
/// Listens to what is counted and traced, and sends what is left when the server stops. Where nobody is to be told, nothing is counted until an administrator first looks at the metrics: counting costs
/// each request a little.
/// </summary>
public sealed class Reporting(TelemetryOptions options, PrometheusText text) : IHostedService, IDisposable
{
    // Each pool of connections counts itself under the same names.
    private const int StreamsMax = 10_000;

    private readonly Lock gate = new();
    private MeterProvider? metrics;
    private TracerProvider? traces;

    public string Metrics()
    {
        lock (gate) metrics ??= Count();
        return text.Read();
    }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (options.Exports || !string.IsNullOrEmpty(options.ScrapeToken))
            lock (gate) metrics ??= Count();
        if (options.Exports)
        {
            traces = Sdk.CreateTracerProviderBuilder().SetResourceBuilder(TelemetryParts.Resource(options)).AddSource(TelemetryParts.Sources)
                .SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(options.TraceRatio))).AddOtlpExporter(otlp => TelemetryParts.Reach(otlp, options, "traces")).Build();
        }
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        traces?.Dispose();
        metrics?.Dispose();
        (traces, metrics) = (null, null);
    }

    private MeterProvider Count()
    {
        var counted = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(TelemetryParts.Resource(options)).SetMaxMetricStreams(StreamsMax).AddMeter(TelemetryParts.Meters)
            .AddReader(new BaseExportingMetricReader(text));
        if (options.Exports) counted.AddOtlpExporter(otlp => TelemetryParts.Reach(otlp, options, "metrics"));
        return counted.Build();
    }
}
