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

    // Whoever reads widens two windows for each frame, that of its stream and that of the connection; a frame with a byte of a message
    // has fifteen. Updates beyond that are few where they are meant.
    private const double OfUpdate = 0.1;
    private const int BytesOfUpdate = 7;
    private const long MostBytes = 100_000 * BytesOfUpdate;

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
    private long _bytesToAnswer;

    /// <summary>The client is sent so many bytes, and may make room for more.</summary>
    public void Wrote(int bytes)
    {
        if (Interlocked.Add(ref _bytesToAnswer, bytes) > MostBytes)
        {
            Interlocked.Exchange(ref _bytesToAnswer, MostBytes);
        }
    }

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
    private double CostOf(int length, byte type, byte flags) => type switch
    {
        Data => length == 0 && (flags & EndsStream) == 0 ? 1 : 0,
        Headers or ResetStream => 0,
        WindowUpdate => IsPaid() ? 0 : OfUpdate,
        Ping => (flags & Acknowledges) == 0 ? OfPing : 0,
        Settings => (flags & Acknowledges) == 0 ? 1 : 0,
        Priority => 1,
        _ => 1,
    };

    // Reading takes place on one thread, writing on another.
    private bool IsPaid()
    {
        if (Interlocked.Read(ref _bytesToAnswer) < BytesOfUpdate)
        {
            return false;
        }

        Interlocked.Add(ref _bytesToAnswer, -BytesOfUpdate);
        return true;
    }
}
