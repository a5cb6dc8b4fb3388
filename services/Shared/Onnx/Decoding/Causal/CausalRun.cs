using Microsoft.ML.OnnxRuntime;
using Sensorium.Onnx.Decoding.Growing;

namespace Sensorium.Onnx.Decoding.Causal;

/// <summary>One run over rows. It changes no row before <see cref="Commit"/>, so that what throws can be tried again.</summary>
internal sealed class CausalRun : IDisposable
{
    private readonly CausalGraphs _graphs;
    private readonly IReadOnlyList<CausalRow> _rows;
    private readonly int[] _ids;
    private readonly RowReading[] _readings;
    private readonly CacheBlock? _past;
    private readonly CacheBlock _present;
    private readonly OrtValue _logits;

    /// <param name="ids">[rows, tokens].</param>
    public CausalRun(CausalGraphs graphs, IReadOnlyList<CausalRow> rows, int[] ids, int? mediaToken, RunOptions options)
    {
        (_graphs, _rows, _ids) = (graphs, rows, ids);
        _readings = [.. rows.Select((row, i) => new RowReading(row, ids.AsSpan(i * Tokens, Tokens), mediaToken, graphs.PlacesPerSecond))];
        try
        {
            if (rows[0].Past is not null)
            {
                _past = PaddedCaches.Gather(rows, graphs.Past.Count);
                _past.Retain();
            }

            using var vectors = Embed(options);
            using var feed = new CausalFeed(graphs, ids, vectors, rows, _readings, _past);
            var outputs = graphs.Step.Session.Run(options, feed.Names, feed.Values, [CausalFeed.Logits, .. graphs.Past.Select(CausalGraphs.PresentOf)]);
            _logits = outputs[0];
            _present = new CacheBlock(outputs.Skip(1), rows.Count);
            _present.Retain();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    private int Tokens => _ids.Length / _rows.Count;

    /// <summary>The rows hold their tokens from now on.</summary>
    public void Commit()
    {
        FloatTensors.ReadLast(_logits, [.. _rows.Select(row => row.Logits)]);
        for (var i = 0; i < _rows.Count; i++)
        {
            _rows[i].Grow(_readings[i], new CacheSlot(_present, i));
        }
    }

    public void Dispose()
    {
        _past?.Release();
        _present?.Release();
        _logits?.Dispose();
    }

    // Null where the decoder reads tokens.
    private OrtValue? Embed(RunOptions options)
    {
        if (_graphs.Embed is not { } graph)
        {
            return null;
        }

        return InsertMedia(graph.Read([.. _ids.Select(id => (long)id)], _rows.Count, options));
    }

    // In the decoder's type, which need not be that of the graph before it; with vectors of media in their places.
    private OrtValue InsertMedia(float[] vectors)
    {
        var width = _graphs.Shape.FeatureWidth;
        for (var i = 0; i < _rows.Count; i++)
        {
            foreach (var (place, vector) in _readings[i].Vectors)
            {
                _rows[i].Media.Data.Span.Slice(vector * width, width).CopyTo(vectors.AsSpan(((i * Tokens) + place) * width));
            }
        }

        return FloatTensors.Create(vectors, _graphs.Vectors!.Type, _rows.Count, Tokens, width);
    }
}
