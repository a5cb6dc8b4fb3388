namespace Sensorium.Hosting.Hosts.Http2;

/// <summary>
/// How many frames a connection may send that ask for nothing, and so are bounded by nothing else: the work of a call, or its
/// bytes, or the number of streams. A client that behaves sends a handful.
/// </summary>
internal sealed class FrameBudget(TimeProvider time)
{
    // Of PING, which well-behaved clients measure the way by, ten times as many.
    private const double Burst = 1_000;
    private const double PerSecond = 100;
    private const double OfPing = 0.1;

    private const byte Data = 0;
    private const byte Headers = 1;
    private const byte Priority = 2;
    private const byte ResetStream = 3;
    private const byte Settings = 4;
    private const byte Ping = 6;
    private const byte WindowUpdate = 8;
    private const byte Acknowledges = 1;
    private const byte EndsStream = 1;

    private double _left = Burst;
    private long _counted = time.GetTimestamp();

    /// <summary>False if the connection has sent too many.</summary>
    public bool Allows(int length, byte type, byte flags)
    {
        var cost = CostOf(length, type, flags);
        if (cost == 0)
        {
            return true;
        }

        var now = time.GetTimestamp();
        _left = Math.Min(Burst, _left + (PerSecond * time.GetElapsedTime(_counted, now).TotalSeconds)) - cost;
        _counted = now;
        return _left >= 0;
    }

    // Kestrel itself bounds streams that are begun and reset, and headers by their bytes; but CONTINUATION may be empty.
    private static double CostOf(int length, byte type, byte flags) => type switch
    {
        Data => length == 0 && (flags & EndsStream) == 0 ? 1 : 0,
        Headers or ResetStream or WindowUpdate => 0,
        Ping => (flags & Acknowledges) == 0 ? OfPing : 0,
        Settings => (flags & Acknowledges) == 0 ? 1 : 0,
        Priority => 1,
        _ => 1,
    };
}
