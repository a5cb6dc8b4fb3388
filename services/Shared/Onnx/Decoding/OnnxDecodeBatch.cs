using System.Numerics.Tensors;
using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Onnx.Decoding;

/// <summary>A batch over a cache arena. Steps of one token reuse their buffers and bindings; longer runs bring their own.</summary>
internal sealed class OnnxDecodeBatch(DecoderGraphs graphs, int paddedTokens, int maxRows, bool runsRowsApart) : IDecodeBatch
{
    private readonly CacheArena _arena = new(graphs, paddedTokens, maxRows);
    private readonly StepBuffers _step = new(graphs, paddedTokens, maxRows, 1);
    private readonly StepBinding?[] _bindings = new StepBinding?[maxRows + 1];
    private readonly RunOptions _options = new();
    private OnnxDecodeBatch? _aside;

    public int Rows { get; private set; }

    public IDecodeBatch Aside => OwnAside;

    private OnnxDecodeBatch OwnAside => _aside ??= new OnnxDecodeBatch(graphs, paddedTokens, 1, runsRowsApart);

    public void Add(ICrossAttentionCache cache, ReadOnlySpan<int> prompt = default)
    {
        if (cache.PaddedTokens != paddedTokens || Rows == maxRows)
        {
            throw new InvalidOperationException(
                $"A cache of {cache.PaddedTokens} tokens cannot join a batch over {paddedTokens} with {Rows} of {maxRows} rows taken.");
        }

        _arena.Load(Rows, cache);
        if (!prompt.IsEmpty)
        {
            Run(Rows, 1, prompt);
        }

        Rows++;
    }

    public void Remove(int row)
    {
        var last = Rows - 1;
        _arena.Wipe(row);
        if (row != last)
        {
            _arena.Move(last, row);
        }

        Rows = last;
    }

    public void CopyTokens(int fromRow, int toRow) => _arena.CopyOwn(_arena, fromRow, toRow);

    public void TakeTokensFromAside(int toRow) => _arena.CopyOwn(OwnAside._arena, 0, toRow);

    public void Run(int firstRow, int rowCount, ReadOnlySpan<int> tokens)
    {
        var count = tokens.Length / rowCount;
        _arena.RequireRoom(firstRow, rowCount, count);
        if (rowCount > 1 && (runsRowsApart || (count > 1 && graphs.WritesInPlace)))
        {
            RunApart(firstRow, rowCount, count, tokens);
        }
        else if (count == 1)
        {
            Step(firstRow, rowCount, tokens);
        }
        else
        {
            RunLong(firstRow, rowCount, count, tokens);
        }
    }

    public ReadOnlySpan<float> Logits(int row) => _step.Logits.Row(row);

    public void ReadAttention(int row, Span<float> weights)
    {
        var attention = (_step.Attention ?? throw new NotSupportedException("This decoder does not show its attention.")).Row(row);
        weights.Clear();
        for (var layer = 0; layer < graphs.Layers; layer++)
        {
            TensorPrimitives.Add(weights, attention.Slice(layer * paddedTokens, weights.Length), weights);
        }

        TensorPrimitives.Divide(weights, graphs.Layers, weights);
    }

    public void Dispose()
    {
        foreach (var binding in _bindings)
        {
            binding?.Dispose();
        }

        _options.Dispose();
        _step.Dispose();
        _arena.Dispose();
        _aside?.Dispose();
    }

    private void RunApart(int firstRow, int rowCount, int count, ReadOnlySpan<int> tokens)
    {
        var done = 0;
        try
        {
            for (; done < rowCount; done++)
            {
                Run(firstRow + done, 1, tokens.Slice(done * count, count));
            }
        }
        catch
        {
            for (var row = firstRow; row < firstRow + done; row++)
            {
                _arena.TakeBack(row, count);
            }

            throw;
        }
    }

    private void Step(int firstRow, int rowCount, ReadOnlySpan<int> tokens)
    {
        Fill(_step, firstRow, rowCount, tokens);
        if (firstRow == 0)
        {
            var binding = _bindings[rowCount] ??= Bind(_step, 0, rowCount);
            binding.Run(_options);
        }
        else
        {
            using var binding = Bind(_step, firstRow, rowCount);
            binding.Run(_options);
        }

        Keep(_step, firstRow, rowCount);
    }

    private void RunLong(int firstRow, int rowCount, int count, ReadOnlySpan<int> tokens)
    {
        using var buffers = new StepBuffers(graphs, paddedTokens, firstRow + rowCount, count);
        Fill(buffers, firstRow, rowCount, tokens);
        using (var binding = Bind(buffers, firstRow, rowCount))
        {
            binding.Run(_options);
        }

        Keep(buffers, firstRow, rowCount);
        for (var row = firstRow; row < firstRow + rowCount; row++)
        {
            KeepLast(buffers, row);
        }
    }

    private static void Fill(StepBuffers buffers, int firstRow, int rowCount, ReadOnlySpan<int> tokens)
    {
        for (var i = 0; i < rowCount; i++)
        {
            TensorPrimitives.ConvertTruncating<int, long>(tokens.Slice(i * buffers.Tokens, buffers.Tokens), buffers.InputIds.Row(firstRow + i));
        }
    }

    private void Keep(StepBuffers buffers, int firstRow, int rowCount)
    {
        for (var row = firstRow; row < firstRow + rowCount; row++)
        {
            if (buffers.Present is { } present)
            {
                _arena.Append(row, buffers.Tokens, present, row);
            }
            else
            {
                _arena.Advance(row, buffers.Tokens);
            }
        }
    }

    // Of a longer run, only what follows the last token is wanted.
    private void KeepLast(StepBuffers buffers, int row)
    {
        var last = buffers.Tokens - 1;
        buffers.Logits.Row(row)[(last * graphs.Shape.VocabularySize)..].CopyTo(_step.Logits.Row(row));
        for (var layer = 0; buffers.Attention is not null && layer < graphs.Layers; layer++)
        {
            buffers.Attention.Row(row).Slice(((layer * buffers.Tokens) + last) * paddedTokens, paddedTokens)
                .CopyTo(_step.Attention!.Row(row)[(layer * paddedTokens)..]);
        }
    }

    private OrtValue OwnCache(int index, int firstRow, int rows) =>
        _arena.Own[index].View(firstRow, rows, graphs.Heads, graphs.Shape.Capacity, graphs.HeadWidth);

    private StepBinding Bind(StepBuffers buffers, int firstRow, int rows)
    {
        var binding = new StepBinding(graphs.Step);
        binding.Input(DecoderGraphs.InputIds, buffers.InputIds.View(firstRow, rows, buffers.Tokens));
        binding.Input(DecoderGraphs.PastLengths, _arena.PastLengths.View(firstRow, rows));
        binding.Input(DecoderGraphs.EncoderLengths, _arena.EncoderLengths.View(firstRow, rows));
        for (var i = 0; i < graphs.PastOwn.Count; i++)
        {
            binding.Input(graphs.PastOwn[i], OwnCache(i, firstRow, rows));
            binding.Input(graphs.PastCross[i], _arena.Cross[i].View(firstRow, rows, graphs.Heads, paddedTokens, graphs.HeadWidth));
            binding.Output(
                graphs.PresentOwn[i],
                buffers.Present?[i].View(firstRow, rows, graphs.Heads, buffers.Tokens, graphs.HeadWidth) ?? OwnCache(i, firstRow, rows));
        }

        binding.Output(DecoderGraphs.Logits, buffers.Logits.View(firstRow, rows, buffers.Tokens, graphs.Shape.VocabularySize));
        if (buffers.Attention is { } attention)
        {
            binding.Output(DecoderGraphs.CrossAttentions, attention.View(firstRow, rows, graphs.Layers, buffers.Tokens, paddedTokens));
        }

        return binding;
    }
}
