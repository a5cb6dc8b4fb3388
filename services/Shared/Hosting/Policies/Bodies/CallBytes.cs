using Sensorium.Core.Errors;

namespace Sensorium.Hosting.Policies.Bodies;

/// <summary>What one call has taken of <see cref="BytesInFlight"/>; given back when the call ends.</summary>
internal sealed class CallBytes(BytesInFlight all, string caller) : IDisposable
{
    private long _taken;

    /// <summary>Why the body was not read to its end; null if it was.</summary>
    public SensoriumException? Refusal { get; private set; }

    /// <exception cref="SensoriumException">There would be too many bytes in memory.</exception>
    public void Take(long bytes)
    {
        try
        {
            all.Take(caller, bytes);
        }
        catch (SensoriumException error)
        {
            throw Refuse(error);
        }

        _taken += bytes;
    }

    /// <summary>Gives back all but so many: what was read before has been dealt with.</summary>
    public void KeepOnly(long bytes)
    {
        all.Give(caller, _taken - bytes);
        _taken = bytes;
    }

    /// <summary>Takes bytes for longer than until the next message, or for less long than the call.</summary>
    public IDisposable Hold(long bytes)
    {
        all.Take(caller, bytes);
        return new Held(() => all.Give(caller, bytes));
    }

    /// <summary>Remembers the failure for whoever answers the call.</summary>
    public SensoriumException Refuse(SensoriumException error) => Refusal = error;

    public void Dispose() => KeepOnly(0);

    private sealed class Held(Action give) : IDisposable
    {
        public void Dispose() => give();
    }
}
