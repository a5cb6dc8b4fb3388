using System.Diagnostics.Metrics;
using Sensorium.Core.Measuring;

namespace Sensorium.Core.Admission;

/// <summary>Measurements of one gate, tagged with its name.</summary>
internal sealed class AdmissionMetrics(string name)
{
    private static readonly Meter Meter = new("Sensorium");
    private static readonly TaggedReadings<long> Active = new();
    private static readonly TaggedReadings<double> Wait = new();
    private static readonly Counter<long> RefusedItems = Meter.CreateCounter<long>(
        "sensorium.admission.items.refused", "{item}", "Items of encoders or sequences of generation that were refused as overload, by gate.");

    private readonly KeyValuePair<string, object?> _tag = new("gate", name);

    static AdmissionMetrics()
    {
        Meter.CreateObservableGauge(
            "sensorium.admission.items.active", Active.Read, "{item}", "Items that were admitted and have not ended: those that wait and those that run, by gate and model.");
        Meter.CreateObservableGauge(
            "sensorium.admission.expected_wait", Wait.Read, "s", "How long a request that came now would wait, by gate and model, and 0 while nothing is known.");
    }

    public void Refused(int items) => RefusedItems.Add(items, _tag);

    /// <summary>Reports what a request of the lowest priority would find, until the result is disposed.</summary>
    public IDisposable Watch(string model, Func<QueueState> queue)
    {
        KeyValuePair<string, object?>[] tags = [_tag, new("model", model)];
        return new Watched(Active.Add(() => queue().Pending, tags), Wait.Add(() => queue().Wait?.TotalSeconds ?? 0, tags));
    }

    private sealed record Watched(IDisposable Active, IDisposable Wait) : IDisposable
    {
        public void Dispose()
        {
            Active.Dispose();
            Wait.Dispose();
        }
    }
}
