namespace Sensorium.Core.Generation.Scheduling;

/// <summary>
/// Requests of a bucket whose decoder steps rows of equal length alone. Whoever started alone would step alone to its end, so
/// newcomers wait a few steps for one another, unless nothing runs or they are as many as those that run.
/// </summary>
internal sealed class StartQueue
{
    // Each start costs the runs of one more length until its rows end; captions take some twenty steps.
    private const int MostSteps = 4;

    private readonly List<SequenceGroup> _groups = [];
    private int _waited;

    public int PromisedRows { get; private set; }

    public void Enqueue(SequenceGroup group)
    {
        _groups.Add(group);
        PromisedRows += group.Sequences.Count;
    }

    /// <summary>Called before every step: those that start now, together.</summary>
    public IReadOnlyList<SequenceGroup> Take(int runningRows)
    {
        if (_groups.Count == 0 || (PromisedRows < runningRows && ++_waited < MostSteps))
        {
            return [];
        }

        SequenceGroup[] starting = [.. _groups];
        _groups.Clear();
        (PromisedRows, _waited) = (0, 0);
        return starting;
    }

    public void DropCancelled()
    {
        for (var i = _groups.Count - 1; i >= 0; i--)
        {
            if (_groups[i].Job.Cancellation.IsCancellationRequested)
            {
                Remove(i, new OperationCanceledException(_groups[i].Job.Cancellation));
            }
        }
    }

    public void EndAll(Exception error)
    {
        for (var i = _groups.Count - 1; i >= 0; i--)
        {
            Remove(i, error);
        }
    }

    private void Remove(int index, Exception error)
    {
        var group = _groups[index];
        group.End(error);
        group.Job.CrossAttention.Dispose();
        PromisedRows -= group.Sequences.Count;
        _groups.RemoveAt(index);
    }
}
