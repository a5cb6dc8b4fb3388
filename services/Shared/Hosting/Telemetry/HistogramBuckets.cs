using System.Diagnostics.Metrics;
using OpenTelemetry.Metrics;

namespace Sensorium.Hosting.Telemetry;

/// <summary>Bounds of the histograms. OpenTelemetry's default is for milliseconds: all that takes less than 5 s would be one bucket.</summary>
internal static class HistogramBuckets
{
    private static readonly double[] Seconds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
    private static readonly double[] Sizes = [1, 2, 4, 8, 16, 32, 64, 128, 256];

    /// <summary>For instruments of the meter "Sensorium"; null leaves others as they are.</summary>
    public static MetricStreamConfiguration? Of(Instrument instrument) => (instrument.Meter.Name, instrument.Unit) switch
    {
        ("Sensorium", "s") when IsHistogram(instrument) => new ExplicitBucketHistogramConfiguration { Boundaries = Seconds },
        ("Sensorium", _) when IsHistogram(instrument) => new ExplicitBucketHistogramConfiguration { Boundaries = Sizes },
        _ => null,
    };

    private static bool IsHistogram(Instrument instrument) => instrument is Histogram<double> or Histogram<int>;
}
