using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Onnx.Decoding.Growing;

/// <summary>
/// A batch whose caches grow inside the graph. Rows that hold equally many tokens run together; as long as they stay together,
/// nothing is copied from one run to the next.
/// </summary>
internal sealed class GrowingDecodeBatch(GrowingGraphs graphs, int encoderTokens, int maxRows, bool runsRowsApart) : IDecodeBatch
{
    private readonly List<GrowingRow> _rows = [];
    private readonly RunOptions _options = new();
    private GrowingDecodeBatch? _aside;

    public int Rows => _rows.Count;

    public IDecodeBatch Aside => OwnAside;

    private GrowingDecodeBatch OwnAside => _aside ??= new GrowingDecodeBatch(graphs, encoderTokens, 1, runsRowsApart);

    public void Add(ICrossAttentionCache cache, ReadOnlySpan<int> prompt = default)
    {
        if (cache.PaddedTokens != encoderTokens || Rows == maxRows)
        {
            throw new InvalidOperationException(
                $"A cache of {cache.PaddedTokens} tokens cannot join a batch over {encoderTokens} with {Rows} of {maxRows} rows taken.");
        }

        _rows.Add(new GrowingRow(cache.Features, prompt.ToArray(), graphs.Shape.VocabularySize));
    }

    public void Remove(int row)
    {
        _rows[row].Dispose();
        _rows[row] = _rows[^1];
        _rows.RemoveAt(_rows.Count - 1);
    }

    public void CopyTokens(int fromRow, int toRow) => _rows[toRow].TakeTokens(_rows[fromRow]);

    public void TakeTokensFromAside(int toRow) => _rows[toRow].TakeTokens(OwnAside._rows[0]);

    public void Run(int firstRow, int rowCount, ReadOnlySpan<int> tokens)
    {
        var count = tokens.Length / rowCount;
        var fed = new List<(GrowingRow Row, int[] Tokens)>(rowCount);
        for (var i = 0; i < rowCount; i++)
        {
            var row = _rows[firstRow + i];
            fed.Add((row, [.. row.Pending, .. tokens.Slice(i * count, count)]));
        }

        Check(fed);
        var runs = new List<GrowingRun>();
        try
        {
            foreach (var group in Together(fed))
            {
                runs.Add(new GrowingRun(graphs, [.. group.Select(one => one.Row)], [.. group.SelectMany(one => one.Tokens.Select(token => (long)token))], _options));
            }

            runs.ForEach(run => run.Commit());
        }
        finally
        {
            runs.ForEach(run => run.Dispose());
        }
    }

    public ReadOnlySpan<float> Logits(int row) => _rows[row].Logits;

    public void ReadAttention(int row, Span<float> weights)
    {
        var slot = _rows[row].Attention ?? throw new NotSupportedException("This decoder does not show its attention.");
        weights.Clear();
        var heads = 0;
        for (var layer = 0; layer < graphs.Attentions.Count; layer++)
        {
            var shape = slot.Block[layer].GetTensorTypeAndShape().Shape;
            var (tokens, encoded) = ((int)shape[2], (int)shape[3]);
            var all = slot.Block[layer].GetTensorDataAsSpan<float>();
            for (var head = 0; head < shape[1]; head++, heads++)
            {
                var last = ((((slot.Row * (int)shape[1]) + head) * tokens) + tokens - 1) * encoded;
                TensorPrimitives.Add(weights, all.Slice(last, weights.Length), weights);
            }
        }

        TensorPrimitives.Divide(weights, heads, weights);
    }

    public void ReadHeads(int row, HeadWeights target)
    {
        var slot = _rows[row].Attention ?? throw new NotSupportedException("This decoder does not show its heads.");
        var shape = slot.Block[0].GetTensorTypeAndShape().Shape;
        var (heads, tokens, encoded) = ((int)shape[1], (int)shape[2], (int)shape[3]);
        for (var token = 0; token < tokens; token++)
        {
            target.Tokens.Add([.. target.Heads.Select(head => slot.Block[head.Layer].GetTensorDataAsSpan<float>()
                .Slice(((((slot.Row * heads) + head.Head) * tokens) + token) * encoded, encoded).ToArray())]);
        }
    }

    public void Dispose()
    {
        _rows.ForEach(row => row.Dispose());
        _rows.Clear();
        _aside?.Dispose();
        _options.Dispose();
    }

    // A step's graph was traced with one token: with more, it may lack the mask between them.
    private void Check(List<(GrowingRow Row, int[] Tokens)> fed)
    {
        foreach (var (row, tokens) in fed)
        {
            if (row.Length > 0 && tokens.Length > 1)
            {
                throw new NotSupportedException("A decoder of this kind is fed several tokens at its start alone.");
            }

            if (row.Length + tokens.Length > graphs.Shape.Capacity)
            {
                throw new InvalidOperationException($"A row holds {row.Length} tokens; {tokens.Length} more are over the capacity of {graphs.Shape.Capacity}.");
            }
        }
    }

    // In the order that their caches stand in, so that rows which have moved are no reason to copy.
    private IEnumerable<IReadOnlyList<(GrowingRow Row, int[] Tokens)>> Together(List<(GrowingRow Row, int[] Tokens)> fed) => runsRowsApart
        ? fed.Select(one => (IReadOnlyList<(GrowingRow, int[])>)[one])
        : fed.GroupBy(one => (one.Row.Length, one.Tokens.Length)).Select(group => (IReadOnlyList<(GrowingRow, int[])>)
            [.. group.OrderBy(one => one.Row.Media?.Block.Number).ThenBy(one => one.Row.Media?.Row)]);
}
