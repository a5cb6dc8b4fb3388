using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.GoldenTests.Generation;

/// <summary>The decoder as other runtimes use it, without its cache: every call reads the whole sequence anew.</summary>
internal sealed class PlainDecoderGraph(OnnxSession session, DecoderPart part) : IDisposable
{
    /// <summary>[vocabulary]: what follows the tokens.</summary>
    public float[] Logits(FeatureSequence features, IReadOnlyList<int> tokens)
    {
        var inputs = new Dictionary<string, OrtValue>
        {
            ["input_ids"] = OrtValue.CreateTensorValueFromMemory(tokens.Select(token => (long)token).ToArray(), [1, tokens.Count]),
            ["encoder_hidden_states"] = OrtValue.CreateTensorValueFromMemory(features.Data.ToArray(), [1, features.Tokens, features.Width]),
            ["use_cache_branch"] = OrtValue.CreateTensorValueFromMemory(new[] { false }, [1]),
        };
        foreach (var name in session.Inputs.Keys.Where(name => name.StartsWith("past_key_values", StringComparison.Ordinal)))
        {
            inputs[name] = OrtValue.CreateTensorValueFromMemory(Array.Empty<float>(), [1, part.Heads, 0, part.HeadWidth]);
        }

        using var options = new RunOptions();
        using var outputs = session.Session.Run(options, inputs, ["logits"]);
        foreach (var input in inputs.Values)
        {
            input.Dispose();
        }

        var logits = outputs[0].GetTensorDataAsSpan<float>();
        return logits[^(logits.Length / tokens.Count)..].ToArray();
    }

    public void Dispose() => session.Dispose();
}
