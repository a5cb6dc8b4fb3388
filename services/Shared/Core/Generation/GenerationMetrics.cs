using System.Diagnostics.Metrics;

namespace Sensorium.Core.Generation;

/// <summary>What decoding reports, under the meter "Sensorium".</summary>
internal sealed class GenerationMetrics : IDisposable
{
    private readonly Meter _meter = new("Sensorium");
    private readonly Counter<long> _tokens;
    private readonly Histogram<int> _batchSize;
    private readonly Histogram<double> _stepDuration;
    private readonly Histogram<double> _firstToken;
    private readonly Histogram<double> _timePerToken;
    private readonly Counter<long> _sequences;
    private readonly Counter<long> _failedSteps;

    public GenerationMetrics(Func<int> waiting, Func<int> running)
    {
        _tokens = _meter.CreateCounter<long>("sensorium.generation.tokens", "{token}", "Tokens that were generated.");
        _batchSize = _meter.CreateHistogram<int>("sensorium.generation.step.size", "{sequence}", "Sequences of one step of the decoder.");
        _stepDuration = _meter.CreateHistogram<double>("sensorium.generation.step.duration", "s", "How long one step of the decoder took.");
        _firstToken = _meter.CreateHistogram<double>("sensorium.generation.time_to_first_token", "s", "From the call to its first token.");
        _timePerToken = _meter.CreateHistogram<double>("sensorium.generation.time_per_token", "s", "Mean over the tokens of one sequence while it had a slot.");
        _sequences = _meter.CreateCounter<long>("sensorium.generation.sequences.ended", "{sequence}", "Sequences that ended, by reason.");
        _failedSteps = _meter.CreateCounter<long>("sensorium.generation.steps.failed", "{step}", "Steps of the decoder that failed.");
        _meter.CreateObservableGauge("sensorium.generation.queue.size", waiting, "{sequence}", "Sequences that wait for a slot.");
        _meter.CreateObservableGauge("sensorium.generation.sequences.active", running, "{sequence}", "Sequences that hold a slot.");
    }

    public void Tokens(int count) => _tokens.Add(count);

    public void Step(int rows, TimeSpan duration)
    {
        _batchSize.Record(rows);
        _stepDuration.Record(duration.TotalSeconds);
    }

    public void StepFault() => _failedSteps.Add(1);

    public void FirstToken(TimeSpan elapsed) => _firstToken.Record(elapsed.TotalSeconds);

    public void SequenceFinished(int tokens, TimeSpan decoding, CaptionFinishReason reason)
    {
        _sequences.Add(1, Reason(reason switch
        {
            CaptionFinishReason.End => "end",
            CaptionFinishReason.StopSequence => "stop_sequence",
            _ => "length",
        }));
        if (tokens > 0)
        {
            _timePerToken.Record(decoding.TotalSeconds / tokens);
        }
    }

    /// <summary>Sequences that ended without a result.</summary>
    public void SequencesEnded(int count, Exception error)
    {
        if (count > 0)
        {
            _sequences.Add(count, Reason(error is OperationCanceledException ? "cancelled" : "failed"));
        }
    }

    private static KeyValuePair<string, object?> Reason(string reason) => new("reason", reason);

    public void Dispose() => _meter.Dispose();
}
