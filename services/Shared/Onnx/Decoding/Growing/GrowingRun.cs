using Microsoft.ML.OnnxRuntime;

namespace Sensorium.Onnx.Decoding.Growing;

/// <summary>
/// One run over rows of equal length. It changes no row before <see cref="Commit"/>, so that what throws can be tried again.
/// </summary>
internal sealed class GrowingRun : IDisposable
{
    private readonly GrowingGraphs _graphs;
    private readonly IReadOnlyList<GrowingRow> _rows;
    private readonly int _tokens;
    private readonly List<CacheBlock> _held = [];
    private readonly CacheBlock _media;
    private readonly CacheBlock _own;
    private readonly CacheBlock? _attention;
    private readonly OrtValue _logits;

    /// <param name="ids">[rows, tokens]: what is pending of each row, then its next token.</param>
    public GrowingRun(GrowingGraphs graphs, IReadOnlyList<GrowingRow> rows, long[] ids, RunOptions options)
    {
        (_graphs, _rows, _tokens) = (graphs, rows, ids.Length / rows.Count);
        var starts = rows[0].Own is null;
        try
        {
            _media = Hold(starts ? new CacheBlock([Stack()], rows.Count) : CacheBlock.Gather([.. rows.Select(row => row.Media!.Value)]));
            var past = starts ? null : Hold(CacheBlock.Gather([.. rows.Select(row => row.Own!.Value)]));
            var outputs = Run(ids, past, options);
            var (own, attention) = (1 + graphs.Own.Count, 1 + graphs.Own.Count + graphs.Attentions.Count);
            _logits = outputs[0];
            _own = Hold(new CacheBlock(outputs[1..own], rows.Count));
            _attention = graphs.Attentions.Count > 0 ? Hold(new CacheBlock(outputs[own..attention], rows.Count)) : null;
            _media.Add(outputs[attention..]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The rows hold their tokens from now on.</summary>
    public void Commit()
    {
        FloatTensors.ReadLast(_logits, [.. _rows.Select(row => row.Logits)]);
        for (var i = 0; i < _rows.Count; i++)
        {
            _rows[i].Grow(_tokens, new CacheSlot(_own, i), new CacheSlot(_media, i), _attention is null ? null : new CacheSlot(_attention, i));
        }
    }

    public void Dispose()
    {
        _held.ForEach(block => block.Release());
        _held.Clear();
        _logits?.Dispose();
    }

    private OrtValue[] Run(long[] ids, CacheBlock? past, RunOptions options)
    {
        using var vectors = _graphs.Embed is { } embed
            ? FloatTensors.Create(embed.Read(ids, _rows.Count, options), (past is null ? _graphs.First : _graphs.Step).Inputs[StepFeed.Vectors].Type, _rows.Count, _tokens, embed.Width)
            : null;
        using var feed = new StepFeed(_graphs, ids, vectors, _rows.Count, _rows[0].Length, _media, past);
        string[] names =
        [
            StepFeed.Logits,
            .. _graphs.Own.Select(GrowingGraphs.PresentOf),
            .. _graphs.Attentions,
            .. past is null ? _graphs.Media.Select(GrowingGraphs.PresentOf) : [],
        ];
        return [.. feed.Session.Run(options, feed.Names, feed.Values, names)];
    }

    private CacheBlock Hold(CacheBlock block)
    {
        block.Retain();
        _held.Add(block);
        return block;
    }

    // Encoder tokens of all rows in one tensor of the graph's type.
    private OrtValue Stack()
    {
        var features = _rows[0].Features;
        var spec = _graphs.EncoderStates;
        var stacked = OrtValue.CreateAllocatedTensorValue(OrtAllocator.DefaultInstance, spec.Type, [_rows.Count, features.Tokens, features.Width]);
        for (var i = 0; i < _rows.Count; i++)
        {
            var data = _rows[i].Features.Data.Span;
            FloatTensors.Write(data, stacked, i * data.Length);
        }

        return stacked;
    }
}
