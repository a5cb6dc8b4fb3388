using System.Diagnostics.Metrics;
using Sensorium.Core.Admission;
using Xunit;

namespace Sensorium.Core.UnitTests.Admission;

/// <summary>What autoscalers and gateways go by.</summary>
public sealed class AdmissionGaugeTests : AdmissionTestBase
{
    [Fact]
    public void Nothing_is_told_of_a_wait_before_the_speed_is_known()
    {
        using var one = Enter();

        Assert.Equal(new Dictionary<string, double> { ["active"] = 1, ["wait"] = 0 }, Gauges());
    }

    [Fact]
    public void Work_that_is_admitted_and_how_long_it_will_take_are_told()
    {
        ServeUnderLoad(PerItem);
        using var admitted = Enter(12);

        var gauges = Gauges();

        Assert.Equal(12, gauges["active"]);
        Assert.Equal(12 * PerItem.TotalSeconds, gauges["wait"], 0.02);
    }

    [Fact]
    public void An_idle_service_has_no_wait()
    {
        ServeUnderLoad(PerItem);

        Assert.Equal(new Dictionary<string, double> { ["active"] = 0, ["wait"] = 0 }, Gauges());
    }

    private Dictionary<string, double> Gauges()
    {
        using var watch = new AdmissionMetrics("test").Watch(nameof(AdmissionGaugeTests), () => State);
        var found = new Dictionary<string, double>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, own) => own.EnableMeasurementEvents(instrument) };
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        listener.Start();
        listener.RecordObservableInstruments();
        return found;

        void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.Length == 2 && Equals(tags[1].Value, nameof(AdmissionGaugeTests)))
            {
                found[instrument.Name == "sensorium.admission.expected_wait" ? "wait" : "active"] = value;
            }
        }
    }
}
