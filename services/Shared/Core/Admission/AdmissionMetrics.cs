using System.Diagnostics.Metrics;

namespace Sensorium.Core.Admission;

/// <summary>Measurements of one gate, tagged with its name.</summary>
internal sealed class AdmissionMetrics(string name)
{
    private static readonly Meter Meter = new("Sensorium");
    private static readonly Counter<long> RefusedItems = Meter.CreateCounter<long>(
        "sensorium.admission.items.refused", "{item}", "Items of encoders or sequences of generation that were refused as overload, by gate.");

    private readonly KeyValuePair<string, object?> _tag = new("gate", name);

    public void Refused(int items) => RefusedItems.Add(items, _tag);
}
