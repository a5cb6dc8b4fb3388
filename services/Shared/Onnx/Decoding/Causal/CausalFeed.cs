using Microsoft.ML.OnnxRuntime;
using Sensorium.Onnx.Decoding.Growing;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding.Causal;

/// <summary>Of decoders that read text and media as one sequence.</summary>
internal sealed class CausalFeed : GraphFeed
{
    public const string Ids = "input_ids";
    public const string Vectors = "inputs_embeds";
    public const string Mask = "attention_mask";
    public const string Logits = "logits";

    private static readonly string[] Known = [Ids, Vectors, Mask, UseCache, PositionIds, CachePosition, LogitsToKeep];

    /// <summary>Where positions are of time, height and width: [3, rows, tokens].</summary>
    public const int PlaceAxes = 3;

    private readonly IReadOnlyList<CausalRow> _rows;
    private readonly IReadOnlyList<RowReading> _readings;
    private readonly int _room;
    private readonly int _tokens;

    /// <param name="graphs">Of the decoder.</param>
    /// <param name="ids">[rows, tokens].</param>
    /// <param name="vectors">The same as vectors; null where the decoder reads tokens.</param>
    /// <param name="rows">In the order of the caches.</param>
    /// <param name="readings">What each row makes of its tokens.</param>
    /// <param name="past">Null for a start.</param>
    public CausalFeed(CausalGraphs graphs, int[] ids, OrtValue? vectors, IReadOnlyList<CausalRow> rows, IReadOnlyList<RowReading> readings, CacheBlock? past)
    {
        (_rows, _readings, _room, _tokens) = (rows, readings, past is null ? 0 : PaddedCaches.LengthOf(past), ids.Length / rows.Count);
        foreach (var spec in graphs.Step.Inputs.Values)
        {
            Add(spec, spec.Name switch
            {
                Ids => Longs([.. ids.Select(id => (long)id)], rows.Count, _tokens),
                Vectors => vectors!,
                Mask => Longs(MaskOfRows(), rows.Count, _room + _tokens),
                UseCache => Flag(past is not null),
                PositionIds when graphs.ReadsPlaces => Longs(PlacesOfRows(), PlaceAxes, rows.Count, _tokens),
                PositionIds => Longs(Positions(), rows.Count, _tokens),
                CachePosition => Longs(Places(_room, _tokens), _tokens),
                LogitsToKeep => Longs([1], [.. spec.Dimensions.Select(_ => 1L)]),
                _ => past is null ? EmptyCache(spec, rows.Count) : past[IndexOf(graphs.Past, spec)],
            });
        }
    }

    /// <summary>Inputs that nothing here fills, caches left out.</summary>
    public static IEnumerable<TensorSpec> Unknown(OnnxSession session) => Unknown(session, Known);

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

    private long[] PlacesOfRows() =>
        [.. Enumerable.Range(0, PlaceAxes).SelectMany(axis => _readings.SelectMany(reading => reading.Places.Select(place => (long)place[axis])))];

    private long[] Positions() => [.. _rows.SelectMany(row => Places(row.Length, _tokens))];
}
