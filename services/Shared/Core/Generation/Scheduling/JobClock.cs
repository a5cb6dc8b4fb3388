namespace Sensorium.Core.Generation.Scheduling;

/// <summary>When one request passed which point. Written by one thread at a time, in this order.</summary>
internal sealed class JobClock(TimeProvider time)
{
    private readonly long _arrived = time.GetTimestamp();
    private long _encoded;
    private long _submitted;
    private long _admitted;
    private long _firstToken;

    public bool HasFirstToken => _firstToken != 0;

    public TimeSpan TimeToFirstToken => time.GetElapsedTime(_arrived, _firstToken);

    public void MarkEncoded() => _encoded = time.GetTimestamp();

    public void MarkSubmitted() => _submitted = time.GetTimestamp();

    public void MarkAdmitted() => _admitted = time.GetTimestamp();

    public void MarkFirstToken() => _firstToken = time.GetTimestamp();

    /// <summary>Since the slot was given.</summary>
    public TimeSpan Decoding() => time.GetElapsedTime(_admitted);

    public GenerationTiming Summarise() => new(
        time.GetElapsedTime(_arrived, _encoded),
        time.GetElapsedTime(_submitted, _admitted),
        HasFirstToken ? TimeToFirstToken : TimeSpan.Zero,
        time.GetElapsedTime(_arrived));
}
