namespace Sensorium.Core.Tenancy;

/// <summary>A number of places at which work is done; who waits for one gets it by the shares of tenants.</summary>
internal sealed class FairPlaces(int count)
{
    private readonly Lock _gate = new();
    private readonly FairQueue<TaskCompletionSource> _waiting = new(levels: 1, headStart: 0);
    private int _free = count;

    /// <summary>Every place that was given is to be released.</summary>
    public async Task WaitAsync(Tenant tenant, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        FairPlace<TaskCompletionSource> place;
        lock (_gate)
        {
            if (_free > 0)
            {
                _free--;
                return;
            }

            place = _waiting.Add(turn, tenant, level: 0, cost: 1, arrivedAt: 0);
        }

        await using var registration = cancellationToken.UnsafeRegister((_, token) => GiveUp(place, token), null);
        await turn.Task;
    }

    public void Release()
    {
        lock (_gate)
        {
            if (_waiting.First is { } next)
            {
                _waiting.Remove(next, served: true);
                next.Value.SetResult();
            }
            else
            {
                _free++;
            }
        }
    }

    private void GiveUp(FairPlace<TaskCompletionSource> place, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_waiting.Remove(place, served: false))
            {
                place.Value.SetCanceled(cancellationToken);
            }
        }
    }
}
