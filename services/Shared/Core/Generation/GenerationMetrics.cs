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
    private readonly Histogram<double> _tokensPerSecond;
    private readonly Counter<long> _sequences;
    private readonly Counter<long> _faults;

    public GenerationMetrics(Func<int> waiting, Func<int> running)
    {
        _tokens = _meter.CreateCounter<long>("sensorium.generation.tokens", "{token}", "Tokens produced.");
        _batchSize = _meter.CreateHistogram<int>("sensorium.generation.batch_size", "{sequence}", "Sequences of one step.");
        _stepDuration = _meter.CreateHistogram<double>("sensorium.generation.step_duration", "s", "One step of one batch.");
        _firstToken = _meter.CreateHistogram<double>("sensorium.generation.time_to_first_token", "s", "From the call to the first token.");
        _tokensPerSecond = _meter.CreateHistogram<double>("sensorium.generation.sequence_tokens_per_second", "{token}/s", "Of one sequence while it had a slot.");
        _sequences = _meter.CreateCounter<long>("sensorium.generation.sequences", "{sequence}", "Sequences that ended, by reason.");
        _faults = _meter.CreateCounter<long>("sensorium.generation.step_faults", "{step}", "Steps that threw.");
        _meter.CreateObservableGauge("sensorium.generation.queue_depth", waiting, "{sequence}", "Sequences that wait for a slot.");
        _meter.CreateObservableGauge("sensorium.generation.running", running, "{sequence}", "Sequences that hold a slot.");
    }

    public void Tokens(int count) => _tokens.Add(count);

    public void Step(int rows, TimeSpan duration)
    {
        _batchSize.Record(rows);
        _stepDuration.Record(duration.TotalSeconds);
    }

    public void StepFault() => _faults.Add(1);

    public void FirstToken(TimeSpan elapsed) => _firstToken.Record(elapsed.TotalSeconds);

    public void SequenceFinished(int tokens, TimeSpan decoding, CaptionFinishReason reason)
    {
        _sequences.Add(1, Reason(reason switch
        {
            CaptionFinishReason.End => "end",
            CaptionFinishReason.StopSequence => "stop_sequence",
            _ => "length",
        }));
        if (decoding > TimeSpan.Zero)
        {
            _tokensPerSecond.Record(tokens / decoding.TotalSeconds);
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
