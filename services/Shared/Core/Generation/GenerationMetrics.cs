using System.Diagnostics.Metrics;
using Sensorium.Core.Measuring;

namespace Sensorium.Core.Generation;

/// <summary>What decoding with one model reports. Names of OpenTelemetry's conventions for generative models where they have one.</summary>
internal sealed class GenerationMetrics : IDisposable
{
    private static readonly Meter Meter = new("Sensorium");
    private static readonly TaggedReadings<long> Waiting = new();
    private static readonly TaggedReadings<long> Running = new();
    private static readonly TaggedReadings<double> Usage = new();

    private static readonly Counter<long> TokenCount = Meter.CreateCounter<long>(
        "sensorium.generation.tokens", "{token}", "Tokens that were generated.");
    private static readonly Histogram<int> BatchSize = Meter.CreateHistogram<int>(
        "sensorium.generation.step.size", "{sequence}", "Sequences of one step of the decoder.");
    private static readonly Histogram<double> StepDuration = Meter.CreateHistogram<double>(
        "sensorium.generation.step.duration", "s", "How long one step of the decoder took.");
    private static readonly Histogram<double> TimeToFirstToken = Meter.CreateHistogram<double>(
        "gen_ai.server.time_to_first_token", "s", "From the call to its first token.");
    private static readonly Histogram<double> TimePerToken = Meter.CreateHistogram<double>(
        "gen_ai.server.time_per_output_token", "s", "Mean over the tokens of one sequence while it had a slot.");
    private static readonly Counter<long> Sequences = Meter.CreateCounter<long>(
        "sensorium.generation.sequences.ended", "{sequence}", "Sequences that ended, by reason.");
    private static readonly Counter<long> FailedSteps = Meter.CreateCounter<long>(
        "sensorium.generation.steps.failed", "{step}", "Steps of the decoder that failed.");

    private readonly KeyValuePair<string, object?> _tag;
    private readonly KeyValuePair<string, object?>[] _conventions;
    private readonly IDisposable[] _gauges;

    static GenerationMetrics()
    {
        Meter.CreateObservableGauge("sensorium.generation.queue.size", Waiting.Read, "{sequence}", "Sequences that wait for a slot, by model.");
        Meter.CreateObservableGauge("sensorium.generation.sequences.active", Running.Read, "{sequence}", "Sequences that hold a slot, by model.");
        Meter.CreateObservableGauge("sensorium.generation.slots.usage", Usage.Read, "{share}", "Share of the decoder's slots that are held, from 0 to 1, by model.");
    }

    /// <param name="slots">Sequences that can run at a time.</param>
    public GenerationMetrics(string model, Func<int> waiting, Func<int> running, int slots)
    {
        _tag = new KeyValuePair<string, object?>("model", model);
        _conventions = [new("gen_ai.operation.name", "generate_content"), new("gen_ai.provider.name", "sensorium"), new("gen_ai.request.model", model)];
        _gauges = [Waiting.Add(() => waiting(), _tag), Running.Add(() => running(), _tag), Usage.Add(() => (double)running() / slots, _tag)];
    }

    public void Tokens(int count) => TokenCount.Add(count, _tag);

    public void Step(int rows, TimeSpan duration)
    {
        BatchSize.Record(rows, _tag);
        StepDuration.Record(duration.TotalSeconds, _tag);
    }

    public void StepFault() => FailedSteps.Add(1, _tag);

    public void FirstToken(TimeSpan elapsed) => TimeToFirstToken.Record(elapsed.TotalSeconds, _conventions);

    public void SequenceFinished(int tokens, TimeSpan decoding, CaptionFinishReason reason)
    {
        Sequences.Add(1, _tag, Reason(reason switch
        {
            CaptionFinishReason.End => "end",
            CaptionFinishReason.StopSequence => "stop_sequence",
            _ => "length",
        }));
        if (tokens > 0)
        {
            TimePerToken.Record(decoding.TotalSeconds / tokens, _conventions);
        }
    }

    /// <summary>Sequences that ended without a result.</summary>
    public void SequencesEnded(int count, Exception error)
    {
        if (count > 0)
        {
            Sequences.Add(count, _tag, Reason(error is OperationCanceledException ? "cancelled" : "failed"));
        }
    }

    private static KeyValuePair<string, object?> Reason(string reason) => new("reason", reason);

    public void Dispose() => Array.ForEach(_gauges, gauge => gauge.Dispose());
}
