namespace Sensorium.Core.Admission;

/// <summary>One admitted item in the backlog, from the call to its end. Segments are counted one by one, as they are done.</summary>
internal sealed class BacklogItem(Backlog backlog, TenantBacklog own, int level, double expected)
{
    private readonly Lock _gate = new();
    private double _unprepared = expected;
    private double _waiting;
    private double _prepared;
    private bool _present = true;
    private bool _ended;

    /// <summary>Its content comes from elsewhere: until <see cref="Return"/> it is in nobody's way.</summary>
    public void StepAside()
    {
        lock (_gate)
        {
            _present = false;
            backlog.Change(own, level, -_unprepared, items: -1);
        }
    }

    public void Return()
    {
        lock (_gate)
        {
            _present = true;
            backlog.Change(own, level, _unprepared, items: 1);
        }
    }

    /// <summary>A segment is ready for the model.</summary>
    public void Prepared(int workUnits)
    {
        lock (_gate)
        {
            var foreseen = Math.Min(_unprepared, workUnits);
            _unprepared -= foreseen;
            _waiting += workUnits;
            _prepared += workUnits;
            backlog.Change(own, level, workUnits - foreseen);
        }
    }

    /// <summary>There are no more segments.</summary>
    public void PreparedAll()
    {
        lock (_gate)
        {
            backlog.Change(own, level, -_unprepared);
            backlog.Learn(_prepared);
            _unprepared = 0;
        }
    }

    /// <summary>The model has run on a segment.</summary>
    public void Done(int workUnits)
    {
        lock (_gate)
        {
            // Segments of a cancelled item may run to their end.
            if (!_ended)
            {
                _waiting -= workUnits;
                backlog.Change(own, level, -workUnits, done: workUnits);
            }
        }
    }

    /// <param name="served">It was worked on to the end, or found to be broken; false if it was given up.</param>
    public void End(bool served)
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            var left = _unprepared + _waiting;
            if (_present)
            {
                backlog.Change(own, level, -left, items: -1, done: served ? left : 0);
            }

            backlog.Forget(own);
        }
    }
}
