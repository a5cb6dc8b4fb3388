using Microsoft.ML.OnnxRuntime;
using Sensorium.Onnx.Decoding.Growing;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding.Causal;

/// <summary>Inputs of one run: those that the graph declares and no other, as exports of different years differ in just these.</summary>
internal sealed class CausalFeed : IDisposable
{
    public const string Ids = "input_ids";
    public const string Vectors = "inputs_embeds";
    public const string Mask = "attention_mask";
    public const string Logits = "logits";
    public const string UseCache = "use_cache_branch";

    private static readonly string[] Known = [Ids, Vectors, Mask, UseCache, "position_ids", "cache_position", "num_logits_to_keep"];

    private readonly List<OrtValue> _owned = [];
    private readonly IReadOnlyList<CausalRow> _rows;
    private readonly int _room;
    private readonly int _tokens;

    /// <param name="graphs">Of the decoder.</param>
    /// <param name="ids">[rows, tokens].</param>
    /// <param name="vectors">The same as vectors; null where the decoder reads tokens.</param>
    /// <param name="rows">In the order of the caches.</param>
    /// <param name="past">Null for a start.</param>
    public CausalFeed(CausalGraphs graphs, int[] ids, OrtValue? vectors, IReadOnlyList<CausalRow> rows, CacheBlock? past)
    {
        (_rows, _room, _tokens) = (rows, past is null ? 0 : PaddedCaches.LengthOf(past), ids.Length / rows.Count);
        foreach (var spec in graphs.Step.Inputs.Values)
        {
            var value = spec.Name switch
            {
                Ids => Longs([.. ids.Select(id => (long)id)], rows.Count, _tokens),
                Vectors => vectors!,
                Mask => Longs(MaskOfRows(), rows.Count, _room + _tokens),
                UseCache => Own(OrtValue.CreateTensorValueFromMemory(new[] { past is not null }, [1])),
                "position_ids" => Longs(Positions(), rows.Count, _tokens),
                "cache_position" => Longs([.. Enumerable.Range(_room, _tokens).Select(place => (long)place)], _tokens),
                "num_logits_to_keep" => Longs([1], [.. spec.Dimensions.Select(_ => 1L)]),
                _ => past is null ? Empty(spec) : past[IndexOf(graphs.Past, spec)],
            };
            Names.Add(spec.Name);
            Values.Add(value);
        }
    }

    public List<string> Names { get; } = [];

    public List<OrtValue> Values { get; } = [];

    /// <summary>Inputs that nothing here fills, caches left out.</summary>
    public static IEnumerable<TensorSpec> Unknown(OnnxSession session) => session.Inputs.Values
        .Where(spec => !Known.Contains(spec.Name) && !spec.Name.StartsWith("past_key_values.", StringComparison.Ordinal));

    public void Dispose() => _owned.ForEach(value => value.Dispose());

    // Each row's own tokens stand at the end of its cache, and before the new ones.
    private long[] MaskOfRows()
    {
        var mask = new long[_rows.Count * (_room + _tokens)];
        for (var row = 0; row < _rows.Count; row++)
        {
            mask.AsSpan(row * (_room + _tokens), _room + _tokens)[(_room - _rows[row].Length)..].Fill(1);
        }

        return mask;
    }

    private long[] Positions() => [.. _rows.SelectMany(row => Enumerable.Range(row.Length, _tokens).Select(place => (long)place))];

    private OrtValue Empty(TensorSpec spec) =>
        Own(OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, spec.Type, [_rows.Count, spec.Dimensions[1], 0, spec.Dimensions[3]]));

    private static int IndexOf(IReadOnlyList<TensorSpec> specs, TensorSpec spec) =>
        Enumerable.Range(0, specs.Count).First(i => ReferenceEquals(specs[i], spec));

    private OrtValue Longs(long[] values, params long[] shape) => Own(OrtValue.CreateTensorValueFromMemory(values, shape));

    private OrtValue Own(OrtValue value)
    {
        _owned.Add(value);
        return value;
    }
}
