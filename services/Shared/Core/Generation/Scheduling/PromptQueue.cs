using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>
/// Prompts of one bucket that are still being read, one at a time and in pieces, aside from the others: the running
/// sequences wait for one piece at most. Pieces are cut by the prompt alone, so their numbers never depend on neighbours.
/// </summary>
internal sealed class PromptQueue(int chunk)
{
    private readonly LinkedList<SequenceGroup> _groups = [];
    private IDecodeBatch? _aside;
    private int _read;

    public int PromisedRows { get; private set; }

    public SequenceGroup? Current => _groups.First?.Value;

    public void Enqueue(SequenceGroup group)
    {
        _groups.AddLast(group);
        PromisedRows += group.Sequences.Count;
    }

    /// <summary>
    /// Feeds the next piece. True once all but the prompt's last token have been read: that one is fed by the running
    /// batch, whose logits follow it.
    /// </summary>
    public bool ReadChunk(IDecodeBatch running)
    {
        var job = Current!.Job;
        _aside = running.Aside;
        if (_aside.Rows == 0)
        {
            _aside.Add(job.CrossAttention.Cache);
            _read = 0;
        }

        var count = Math.Min(chunk, job.Prompt.Length - 1 - _read);
        _aside.Run(0, 1, job.Prompt.AsSpan(_read, count));
        _read += count;
        return _read == job.Prompt.Length - 1;
    }

    /// <summary>Makes room for the next prompt if this one has been read, or has failed.</summary>
    public void Forget(SequenceGroup group)
    {
        if (group.Ended || _read == group.Job.Prompt.Length - 1)
        {
            Remove(group);
        }
    }

    public void DropCancelled()
    {
        if (_groups.Count == 0)
        {
            return;
        }

        foreach (var group in _groups.Where(group => group.Job.Cancellation.IsCancellationRequested).ToArray())
        {
            group.End(new OperationCanceledException(group.Job.Cancellation));
            Remove(group);
        }
    }

    public void EndAll(Exception error)
    {
        foreach (var group in _groups.ToArray())
        {
            group.End(error);
            Remove(group);
        }
    }

    private void Remove(SequenceGroup group)
    {
        if (ReferenceEquals(group, Current))
        {
            _read = 0;
            if (_aside?.Rows > 0)
            {
                _aside.Remove(0);
            }
        }

        _groups.Remove(group);
        PromisedRows -= group.Sequences.Count;
        group.Job.CrossAttention.Dispose();
    }
}
