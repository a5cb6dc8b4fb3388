using Microsoft.Extensions.Logging;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>The running batch of all sequences whose cross-attention caches have the same padded length. Used by the decoding thread alone.</summary>
internal sealed partial class LengthBucket(
    IDecoderBackend backend,
    int paddedTokens,
    int maxRows,
    int prefillChunk,
    GenerationMetrics metrics,
    TimeProvider time,
    ILogger logger) : IDisposable
{
    private readonly IDecodeBatch _batch = backend.CreateBatch(paddedTokens, maxRows);
    private readonly List<Sequence> _rows = new(maxRows);
    private readonly List<SequenceGroup> _groups = [];
    private readonly PromptQueue _prompts = new(prefillChunk);
    private readonly StartQueue _starts = new();
    private readonly int[] _tokens = new int[maxRows];

    /// <summary>Rows that are taken, or promised to a prompt that is still being read.</summary>
    public int UsedRows => _rows.Count + _prompts.PromisedRows + _starts.PromisedRows;

    public void Join(SequenceGroup group)
    {
        if (backend.Shape.NeedsEqualLengths)
        {
            _starts.Enqueue(group);
        }
        else if (group.Job.Prompt.Length > 1)
        {
            _prompts.Enqueue(group);
        }
        else
        {
            Start(group);
        }
    }

    /// <summary>One piece of one prompt, then one token of every running sequence.</summary>
    public void Step()
    {
        DropCancelled();
        ReadPrompt();
        foreach (var group in _starts.Take(_rows.Count))
        {
            Start(group);
        }

        if (_rows.Count == 0)
        {
            return;
        }

        var started = time.GetTimestamp();
        Run();
        foreach (var group in _groups)
        {
            Guard(group, static (bucket, group) => group.Advance(bucket._batch));
        }

        metrics.Step(_rows.Count, time.GetElapsedTime(started));
        RemoveLeaving();
    }

    /// <summary>Ends all its sequences with an error and frees the batch.</summary>
    public void Abandon(Exception error)
    {
        _prompts.EndAll(error);
        _starts.EndAll(error);
        _groups.ForEach(group => group.End(error));
        Dispose();
    }

    public void Dispose() => _batch.Dispose();

    private void ReadPrompt()
    {
        if (_prompts.Current is { } group)
        {
            Guard(group, static (bucket, group) =>
            {
                if (bucket._prompts.ReadChunk(bucket._batch))
                {
                    bucket.Start(group);
                }
            });
            _prompts.Forget(group);
        }
    }

    private void Start(SequenceGroup group)
    {
        Guard(group, static (bucket, group) => bucket.AddRows(group));
        group.Job.CrossAttention.Dispose();
        _groups.Add(group);
    }

    private void AddRows(SequenceGroup group)
    {
        var prompt = group.Job.Prompt.AsSpan(0, group.Job.Prompt.Length - 1);
        foreach (var sequence in group.Sequences)
        {
            _batch.Add(group.Job.CrossAttention.Cache, backend.Shape.NeedsEqualLengths ? prompt : default);
            sequence.Row = _rows.Count;
            _rows.Add(sequence);
            if (prompt.Length > 0 && !backend.Shape.NeedsEqualLengths)
            {
                _batch.TakeTokensFromAside(sequence.Row);
            }
        }
    }

    private void DropCancelled()
    {
        _prompts.DropCancelled();
        _starts.DropCancelled();
        foreach (var group in _groups)
        {
            if (group.Job.Cancellation.IsCancellationRequested)
            {
                group.End(new OperationCanceledException(group.Job.Cancellation));
            }
        }

        RemoveLeaving();
    }

    private void Run()
    {
        for (var row = 0; row < _rows.Count; row++)
        {
            _tokens[row] = _rows[row].NextToken;
            _rows[row].Group.Steps++;
        }

        try
        {
            _batch.Run(0, _rows.Count, _tokens.AsSpan(0, _rows.Count));
        }
        catch (Exception error)
        {
            metrics.StepFault();
            LogStepFault(logger, error, _rows.Count, paddedTokens);
            RunOneByOne();
        }
    }

    // A step that throws changes no row, so each can be tried alone; only the requests of those that throw again fail.
    private void RunOneByOne()
    {
        foreach (var group in _groups)
        {
            Guard(group, static (bucket, group) =>
            {
                foreach (var sequence in group.Sequences.Where(sequence => !sequence.Leaving))
                {
                    bucket._batch.Run(sequence.Row, 1, [sequence.NextToken]);
                }
            });
        }
    }

    private void Guard(SequenceGroup group, Action<LengthBucket, SequenceGroup> action)
    {
        if (group.Ended)
        {
            return;
        }

        try
        {
            action(this, group);
        }
        catch (SensoriumException error)
        {
            group.End(error);
        }
        catch (Exception error)
        {
            LogSequenceFault(logger, error, group.Job.RequestId);
            group.End(SensoriumException.ModelFault($"The decoder failed on this request: {error.Message}", error));
        }
    }

    private void RemoveLeaving()
    {
        for (var row = _rows.Count - 1; row >= 0; row--)
        {
            if (!_rows[row].Leaving)
            {
                continue;
            }

            _batch.Remove(row);
            _rows[row] = _rows[^1];
            _rows[row].Row = row;
            _rows.RemoveAt(_rows.Count - 1);
        }

        _groups.RemoveAll(group => group.Ended);
    }
}
