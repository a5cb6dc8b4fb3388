using System.Text.Json.Nodes;
using Microsoft.ML.OnnxRuntime;

namespace Sensorium.Bench.Bare;

/// <summary>The pack's picture encoder and decoder in plain ONNX Runtime sessions.</summary>
internal sealed class BareModels : IDisposable
{
    private readonly InferenceSession _encoder;
    private readonly InferenceSession _cross;
    private readonly InferenceSession _step;
    private readonly string[] _crossNames;
    private readonly string[] _cacheNames;
    private readonly long[] _rowShape;
    private readonly long _startToken;
    private readonly RunOptions _run = new();

    public BareModels(string pack, int threads)
    {
        var manifest = JsonNode.Parse(File.ReadAllText(Path.Combine(pack, "pack.json")))!;
        var vision = manifest["encoders"]!["vision"]!;
        var decoder = manifest["decoder"]!;
        InferenceSession Load(JsonNode part, string key)
        {
            using var options = new Microsoft.ML.OnnxRuntime.SessionOptions { IntraOpNumThreads = threads, InterOpNumThreads = 1 };
            return new InferenceSession(Path.Combine(pack, (string)part["folder"]!, "onnx", (string)part[key]! + ".onnx"), options);
        }

        _encoder = Load(vision, "model");
        _cross = Load(decoder, "cross_kv");
        _step = Load(decoder, "step");
        var preprocessor = JsonNode.Parse(File.ReadAllText(Path.Combine(pack, (string)vision["folder"]!, "preprocessor_config.json")))!;
        Side = (int)preprocessor["size"]!["height"]!;
        Vocabulary = (int)decoder["vocabulary"]!;
        var generation = JsonNode.Parse(File.ReadAllText(Path.Combine(pack, (string)decoder["folder"]!, "generation_config.json")))!;
        _startToken = (long)generation["decoder_start_token_id"]!;
        _rowShape = [(long)decoder["heads"]!, (long)decoder["capacity"]!, (long)decoder["head_width"]!];
        _crossNames = [.. _cross.OutputNames.Select(name => name.Replace("present", "past_key_values", StringComparison.Ordinal))];
        _cacheNames = [.. _step.InputNames.Where(name => name.Contains(".decoder.", StringComparison.Ordinal))];
    }

    public int Side { get; }

    public int Vocabulary { get; }

    public int PictureLength => 3 * Side * Side;

    /// <summary>Runs prepared pixels [count,3,side,side]; the caller disposes (features, embeddings).</summary>
    public IDisposableReadOnlyCollection<OrtValue> Encode(float[] pixels, int count)
    {
        using var input = OrtValue.CreateTensorValueFromMemory(
            OrtMemoryInfo.DefaultInstance, pixels.AsMemory(0, count * PictureLength), [count, 3, Side, Side]);
        return _encoder.Run(_run, ["pixel_values"], [input], ["last_hidden_state", "image_embeds"]);
    }

    private static OrtValue Tensor<T>(T[] data, params long[] shape)
        where T : unmanaged => OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, data.AsMemory(), shape);

    /// <summary>Decodes <paramref name="steps"/> tokens greedily for every row of the features; returns the first row's.</summary>
    public int[] Decode(OrtValue features, int rows, int steps)
    {
        using var cross = _cross.Run(_run, ["encoder_hidden_states"], [features], _cross.OutputNames);
        var tokens = (int)features.GetTensorTypeAndShape().Shape[1];
        var caches = _cacheNames.Select(_ => new float[rows * _rowShape.Aggregate((a, b) => a * b)]).ToArray();
        var ids = Enumerable.Repeat(_startToken, rows).ToArray();
        var lengths = new long[rows];
        var media = Enumerable.Repeat((long)tokens, rows).ToArray();
        using var idTensor = Tensor(ids, rows, 1);
        using var lengthTensor = Tensor(lengths, rows);
        using var mediaTensor = Tensor(media, rows);
        var cacheTensors = caches.Select(cache => Tensor(cache, rows, _rowShape[0], _rowShape[1], _rowShape[2])).ToArray();
        string[] inputs = ["input_ids", "past_lengths", "encoder_lengths", .. _cacheNames, .. _crossNames];
        OrtValue[] values = [idTensor, lengthTensor, mediaTensor, .. cacheTensors, .. cross];
        string[] outputs = ["logits", .. _cacheNames.Select(name => name.Replace("past_key_values", "present", StringComparison.Ordinal))];
        var chosen = new int[steps];
        for (var step = 0; step < steps; step++)
        {
            using var result = _step.Run(_run, inputs, values, outputs);
            Choose(result[0].GetTensorDataAsSpan<float>(), ids);
            for (var i = 0; i < caches.Length; i++)
            {
                Append(result[i + 1].GetTensorDataAsSpan<float>(), caches[i], step);
            }

            chosen[step] = (int)ids[0];
            Array.Fill(lengths, step + 1);
        }

        foreach (var tensor in cacheTensors)
        {
            tensor.Dispose();
        }

        return chosen;
    }

    public void Dispose()
    {
        _run.Dispose();
        _encoder.Dispose();
        _cross.Dispose();
        _step.Dispose();
    }

    private void Choose(ReadOnlySpan<float> logits, long[] ids)
    {
        for (var row = 0; row < ids.Length; row++)
        {
            ids[row] = System.Numerics.Tensors.TensorPrimitives.IndexOfMax(logits.Slice(row * Vocabulary, Vocabulary));
        }
    }

    // New keys or values [rows, heads, 1, width] into the cache [rows, heads, capacity, width].
    private void Append(ReadOnlySpan<float> present, float[] cache, int position)
    {
        var (capacity, width) = ((int)_rowShape[1], (int)_rowShape[2]);
        for (var head = 0; head < present.Length / width; head++)
        {
            present.Slice(head * width, width).CopyTo(cache.AsSpan(((head * capacity) + position) * width));
        }
    }
}
