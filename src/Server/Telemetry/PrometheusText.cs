using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Rpd.Server.Telemetry;

/// <summary>
/// What was counted, in the text format that Prometheus reads (version 0.0.4). Names get the unit and <c>_total</c> as that format wants them.
/// Source: prometheus.io/docs/instrumenting/exposition_formats and the OpenTelemetry specification's "Prometheus and OpenMetrics Compatibility".
/// </summary>
[ExportModes(ExportModes.Pull)]
public sealed class PrometheusText : BaseExporter<Metric>, IPullMetricExporter
{
    private readonly Lock gate = new();
    private string text = "";

    public Func<int, bool>? Collect { get; set; }

    public string Read()
    {
        // One at a time: the reader collects into this object.
        lock (gate)
        {
            Collect!(5_000);
            return text;
        }
    }

    public override ExportResult Export(in Batch<Metric> batch)
    {
        var into = new StringBuilder();
        var seen = new HashSet<string>();
        foreach (var metric in batch) Write(into, metric, seen);
        text = into.ToString();
        return ExportResult.Success;
    }

    private static void Write(StringBuilder into, Metric metric, HashSet<string> seen)
    {
        var counts = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum;
        var name = NameOf(metric.Name, metric.Unit, counts);
        // Two meters with an instrument of the same name are one family.
        if (seen.Add(name))
        {
            into.Append("# HELP ").Append(name).Append(' ').Append(metric.Description.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)).Append('\n');
            into.Append("# TYPE ").Append(name).Append(counts ? " counter\n" : metric.MetricType == MetricType.Histogram ? " histogram\n" : " gauge\n");
        }
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            var labels = Labels(point.Tags);
            if (metric.MetricType == MetricType.Histogram) Histogram(into, name, labels, point);
            else Line(into, name, labels, Value(metric.MetricType, point));
        }
    }

    private static double Value(MetricType type, in MetricPoint point) => type switch
    {
        MetricType.LongSum or MetricType.LongSumNonMonotonic => point.GetSumLong(),
        MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic => point.GetSumDouble(),
        MetricType.LongGauge => point.GetGaugeLastValueLong(),
        _ => point.GetGaugeLastValueDouble(),
    };

    private static void Histogram(StringBuilder into, string name, string labels, in MetricPoint point)
    {
        long below = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            Line(into, name + "_bucket", $"{labels}{(labels.Length > 0 ? "," : "")}le=\"{(double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : Number(bucket.ExplicitBound))}\"", below);
        }
        Line(into, name + "_sum", labels, point.GetHistogramSum());
        Line(into, name + "_count", labels, point.GetHistogramCount());
    }

    private static void Line(StringBuilder into, string name, string labels, double value) =>
        into.Append(name).Append(labels.Length > 0 ? $"{{{labels}}}" : "").Append(' ').Append(Number(value)).Append('\n');

    private static string Labels(ReadOnlyTagCollection tags)
    {
        var labels = new List<string>();
        foreach (var (key, value) in tags)
            labels.Add($"{Plain(key)}=\"{Convert.ToString(value, CultureInfo.InvariantCulture)?.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal)}\"");
        return string.Join(',', labels);
    }

    private static string NameOf(string name, string unit, bool counts)
    {
        var plain = Plain(name);
        var suffix = unit switch { "s" => "_seconds", "By" => "_bytes", "1" when !counts => "_ratio", _ => "" };
        if (!plain.EndsWith(suffix, StringComparison.Ordinal)) plain += suffix;
        return counts && !plain.EndsWith("_total", StringComparison.Ordinal) ? plain + "_total" : plain;
    }

    private static string Plain(string name) => string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
