using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding.Growing;

/// <summary>Inputs of one run: those that the graph declares and no other, as exports of different years differ in just these.</summary>
internal sealed class StepFeed : IDisposable
{
    public const string InputIds = "input_ids";
    public const string EncoderStates = "encoder_hidden_states";
    public const string Logits = "logits";
    private const string UseCache = "use_cache_branch";

    private static readonly string[] Masks = ["attention_mask", "decoder_attention_mask"];
    private static readonly string[] Known = [InputIds, EncoderStates, UseCache, .. Masks, "encoder_attention_mask", "position_ids", "cache_position", "num_logits_to_keep"];

    private readonly List<OrtValue> _owned = [];

    /// <param name="ids">[rows, tokens].</param>
    /// <param name="past">Tokens that all rows hold.</param>
    /// <param name="media">Encoder tokens of the rows, then their caches.</param>
    /// <param name="own">Null for a start.</param>
    public StepFeed(GrowingGraphs graphs, long[] ids, int rows, int past, CacheBlock media, CacheBlock? own)
    {
        var tokens = ids.Length / rows;
        var session = own is null ? graphs.First : graphs.Step;
        Session = session.Session;
        var encoded = media[0].GetTensorTypeAndShape().Shape[1];
        foreach (var spec in session.Inputs.Values)
        {
            var value = spec.Name switch
            {
                InputIds => Longs(ids, rows, tokens),
                EncoderStates => media[0],
                UseCache => Flag(own is not null),
                "encoder_attention_mask" => Ones(rows, encoded),
                "position_ids" => Range(past, tokens, rows),
                "cache_position" => Longs(Places(past, tokens), tokens),
                "num_logits_to_keep" => Longs([1]),
                _ when Masks.Contains(spec.Name) => Ones(rows, past + tokens),
                _ => Cache(graphs, spec, rows, media, own),
            };
            Names.Add(spec.Name);
            Values.Add(value);
        }
    }

    public InferenceSession Session { get; }

    public List<string> Names { get; } = [];

    public List<OrtValue> Values { get; } = [];

    /// <summary>Inputs that nothing here fills, caches left out.</summary>
    public static IEnumerable<TensorSpec> Unknown(OnnxSession session) => session.Inputs.Values
        .Where(spec => !Known.Contains(spec.Name) && !spec.Name.StartsWith("past_key_values.", StringComparison.Ordinal));

    public void Dispose() => _owned.ForEach(value => value.Dispose());

    private OrtValue Cache(GrowingGraphs graphs, TensorSpec spec, int rows, CacheBlock media, CacheBlock? own)
    {
        if (own is null)
        {
            return Own(OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, spec.Type, [rows, spec.Dimensions[1], 0, spec.Dimensions[3]]));
        }

        var index = IndexOf(graphs.Own, spec);
        return index >= 0 ? own[index] : media[1 + IndexOf(graphs.Media, spec)];
    }

    private static int IndexOf(IReadOnlyList<TensorSpec> specs, TensorSpec spec)
    {
        for (var i = 0; i < specs.Count; i++)
        {
            if (ReferenceEquals(specs[i], spec))
            {
                return i;
            }
        }

        return -1;
    }

    private OrtValue Flag(bool value) => Own(OrtValue.CreateTensorValueFromMemory(new[] { value }, [1]));

    private OrtValue Ones(long rows, long length)
    {
        var ones = new long[rows * length];
        Array.Fill(ones, 1);
        return Longs(ones, rows, length);
    }

    private OrtValue Range(int past, int tokens, int rows) =>
        Longs([.. Enumerable.Repeat(Places(past, tokens), rows).SelectMany(places => places)], rows, tokens);

    private static long[] Places(int past, int tokens) => [.. Enumerable.Range(past, tokens).Select(place => (long)place)];

    private OrtValue Longs(long[] values, params long[] shape) => Own(OrtValue.CreateTensorValueFromMemory(values, shape));

    private OrtValue Own(OrtValue value)
    {
        _owned.Add(value);
        return value;
    }
}
