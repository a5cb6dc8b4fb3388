using System.Diagnostics.Metrics;

namespace Sensorium.Core.Encoding.Pipeline;

/// <summary>Measurements of one encoder, tagged with its name.</summary>
internal sealed class EncoderMetrics(string name)
{
    private static readonly Meter Meter = new("Sensorium");
    private static readonly Counter<long> RefusedItems = Meter.CreateCounter<long>("sensorium.encoder.refused", "{item}", "Items refused as overload.");

    private readonly KeyValuePair<string, object?> _tag = new("encoder", name);

    public void Refused(int items) => RefusedItems.Add(items, _tag);
}
