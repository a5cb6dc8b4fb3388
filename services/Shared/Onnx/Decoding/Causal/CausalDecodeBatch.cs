using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Onnx.Decoding.Causal;

/// <summary>
/// A batch of sequences whose caches grow inside the graph. Rows of all lengths run together, filled up on the left; as long as the same
/// rows stay together, nothing is copied from one run to the next.
/// </summary>
internal sealed class CausalDecodeBatch(CausalGraphs graphs, int maxRows, int? mediaToken, bool runsRowsApart) : IDecodeBatch
{
    private readonly List<CausalRow> _rows = [];
    private readonly RunOptions _options = new();
    private CausalDecodeBatch? _aside;

    public int Rows => _rows.Count;

    public IDecodeBatch Aside => OwnAside;

    private CausalDecodeBatch OwnAside => _aside ??= new CausalDecodeBatch(graphs, 1, mediaToken, runsRowsApart);

    public void Add(ICrossAttentionCache cache, ReadOnlySpan<int> prompt = default)
    {
        if (prompt.Length > 0 || Rows == maxRows)
        {
            throw new InvalidOperationException($"A row with {prompt.Length} tokens cannot join a batch with {Rows} of {maxRows} rows taken.");
        }

        _rows.Add(new CausalRow(cache.Features, graphs.Shape.VocabularySize));
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
        var fed = new List<(CausalRow Row, int[] Tokens)>(rowCount);
        for (var i = 0; i < rowCount; i++)
        {
            fed.Add((_rows[firstRow + i], tokens.Slice(i * count, count).ToArray()));
        }

        Check(fed);
        var runs = new List<CausalRun>();
        try
        {
            foreach (var group in Together(fed))
            {
                runs.Add(new CausalRun(graphs, [.. group.Select(one => one.Row)], [.. group.SelectMany(one => one.Tokens)], mediaToken, _options));
            }

            runs.ForEach(run => run.Commit());
        }
        finally
        {
            runs.ForEach(run => run.Dispose());
        }
    }

    public ReadOnlySpan<float> Logits(int row) => _rows[row].Logits;

    public void ReadAttention(int row, Span<float> weights) => throw new NotSupportedException("This decoder does not show its attention.");

    public void Dispose()
    {
        _rows.ForEach(row => row.Dispose());
        _rows.Clear();
        _aside?.Dispose();
        _options.Dispose();
    }

    private void Check(List<(CausalRow Row, int[] Tokens)> fed)
    {
        foreach (var (row, tokens) in fed)
        {
            if (row.Length > 0 && tokens.Length > 1 && graphs.Shape.ReadsPromptsWhole)
            {
                throw new NotSupportedException("A decoder of this kind is fed several tokens at its start alone.");
            }

            if (row.Length + tokens.Length > graphs.Shape.Capacity)
            {
                throw new InvalidOperationException($"A row holds {row.Length} tokens; {tokens.Length} more are over the capacity of {graphs.Shape.Capacity}.");
            }
        }
    }

    // In the order that their caches stand in, so that rows which have moved are no reason to copy. A start has no past to share.
    private IEnumerable<IReadOnlyList<(CausalRow Row, int[] Tokens)>> Together(List<(CausalRow Row, int[] Tokens)> fed) => runsRowsApart
        ? fed.Select(one => (IReadOnlyList<(CausalRow, int[])>)[one])
        : fed.GroupBy(one => graphs.PadsRows ? Math.Min(1, one.Row.Length) : one.Row.Length).Select(group => (IReadOnlyList<(CausalRow, int[])>)
            [.. group.OrderBy(one => one.Row.Past?.Block.Number).ThenBy(one => one.Row.Past?.Row)]);
}
