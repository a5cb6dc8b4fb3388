using Microsoft.ML.OnnxRuntime;

namespace Sensorium.Bench.DecoderStep;

/// <summary>
/// An export whose cache grows inside the graph (decoder_with_past_model: input_ids, position_ids, attention_mask,
/// encoder_attention_mask, past_key_values.*): what one step gives is what the next one takes, without a copy between.
/// </summary>
internal sealed class GrowingDecoder : IStepDecoder
{
    private readonly InferenceSession _session;
    private readonly RunOptions _options = new();
    private readonly int _mediaTokens;
    private readonly string[] _pastNames;
    private readonly string[] _crossNames;
    private readonly OrtValue[] _cross;
    private readonly OrtValue[] _first;

    public GrowingDecoder(string file, int mediaTokens, int threads)
    {
        _session = StepSessions.Load(file, threads);
        _mediaTokens = mediaTokens;
        _pastNames = [.. _session.InputNames.Where(name => name.Contains(".decoder.", StringComparison.Ordinal))];
        _crossNames = [.. _session.InputNames.Where(name => name.Contains(".encoder.", StringComparison.Ordinal))];
        _cross = [.. _crossNames.Select(name => Numbers(name, mediaTokens))];
        _first = [.. _pastNames.Select(name => Numbers(name, 1))];
    }

    public void Decode(int steps)
    {
        string[] inputs = ["input_ids", "position_ids", "attention_mask", "encoder_attention_mask", .. _crossNames, .. _pastNames];
        string[] outputs = ["logits", .. _pastNames.Select(name => name.Replace("past_key_values", "present", StringComparison.Ordinal))];
        using var id = StepSessions.Tensor(new long[] { 5 }, 1, 1);
        using var media = Ones(_mediaTokens);
        IReadOnlyList<OrtValue> past = _first;
        IDisposableReadOnlyCollection<OrtValue>? previous = null;
        for (var step = 0; step < steps; step++)
        {
            using var position = StepSessions.Tensor(new long[] { step + 1 }, 1, 1);
            using var mask = Ones(step + 2);
            var result = _session.Run(_options, inputs, [id, position, mask, media, .. _cross, .. past], outputs);
            previous?.Dispose();
            (previous, past) = (result, [.. result.Skip(1)]);
        }

        previous?.Dispose();
    }

    public void Dispose()
    {
        foreach (var value in _cross.Concat(_first))
        {
            value.Dispose();
        }

        _options.Dispose();
        _session.Dispose();
    }

    private static OrtValue Ones(int count) => StepSessions.Tensor(Enumerable.Repeat(1L, count).ToArray(), 1, count);

    private OrtValue Numbers(string name, int tokens)
    {
        var shape = _session.InputMetadata[name].Dimensions;
        return StepSessions.Numbers(1, shape[1], tokens, shape[3]);
    }
}
