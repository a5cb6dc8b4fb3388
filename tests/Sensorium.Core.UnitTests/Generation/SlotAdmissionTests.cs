using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Admission;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.CrossAttention;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Parameters;
using Sensorium.Core.Generation.Scheduling;
using Sensorium.Core.Tenancy;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

public sealed class SlotAdmissionTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly GenerationOptions _options = new() { MaxExpectedWait = TimeSpan.FromMilliseconds(300) };

    [Fact]
    public void Nothing_is_expected_before_slots_have_come_free_often_enough()
    {
        var rate = new SlotRate();
        for (var step = 0; step < 31; step++)
        {
            rate.Record(64, 2, TimeSpan.FromMilliseconds(10));
        }

        Assert.Null(rate.Estimate(100));
        rate.Record(64, 2, TimeSpan.FromMilliseconds(10));
        Assert.Equal(500, rate.Estimate(100)!.Value.TotalMilliseconds, 1.0);
        Assert.Equal(TimeSpan.Zero, rate.Estimate(0));
    }

    [Fact]
    public void A_request_that_would_wait_too_long_for_a_slot_is_refused()
    {
        var admitted = Admitted();
        using var running = admitted.Enter(1, pending => new QueueState(pending, null, null), deadline: null);
        admitted.Enter(1, Waiting(300), deadline: null).Dispose();

        var error = Assert.Throws<SensoriumException>(() => admitted.Enter(1, Waiting(301), deadline: null));

        Assert.Equal((ErrorReasons.Overloaded, TimeSpan.FromMilliseconds(301)), (error.Reason, error.RetryAfter));
        Assert.Contains("for the decoder", error.Message);
        admitted.Enter(1, Waiting(301), _time.GetUtcNow().AddSeconds(1)).Dispose();
    }

    [Fact]
    public void Sequences_beyond_those_that_may_run_and_wait_are_refused_until_others_end()
    {
        (_options.MaxRunningSequences, _options.MaxQueuedSequences) = (4, 2);
        var admitted = Admitted();
        var first = admitted.Enter(4, Waiting(0), deadline: null);
        using var second = admitted.Enter(2, Waiting(0), deadline: null);

        Assert.Contains("has 6 items under way and takes 6; 1 more", Assert.Throws<SensoriumException>(() => admitted.Enter(1, Waiting(0), null)).Message);
        first.Dispose();
        first.Dispose();
        using var third = admitted.Enter(4, Waiting(0), deadline: null);
        Assert.Throws<SensoriumException>(() => admitted.Enter(1, Waiting(0), deadline: null));
    }

    [Fact]
    public void Priority_goes_first_but_low_priority_is_not_overtaken_for_ever()
    {
        var queue = new WaitingQueue(_time);
        queue.Enqueue(Job("low", RequestPriority.Low));
        _time.Advance(TimeSpan.FromSeconds(1));
        queue.Enqueue(Job("soon", RequestPriority.Normal));
        _time.Advance(TimeSpan.FromSeconds(1.5));
        queue.Enqueue(Job("late", RequestPriority.Normal));
        queue.Enqueue(Job("high", RequestPriority.High));

        Assert.Equal([1, 4, 4], ((RequestPriority[])[RequestPriority.High, RequestPriority.Normal, RequestPriority.Low]).Select(priority => queue.RowsBefore(priority)));
        Assert.Equal(["high", "soon", "low", "late"], Enumerable.Range(0, 4).Select(_ => queue.TryDequeue(1)!.RequestId));
    }

    private static Func<int, QueueState> Waiting(double milliseconds) =>
        pending => new QueueState(pending, TimeSpan.FromMilliseconds(milliseconds), TimeSpan.FromMilliseconds(1));

    private AdmittedSequences Admitted() =>
        new(new AdmissionGate("decoder", _options.AdmissionLimits, new AdmissionMetrics("generation"), _time));

    internal static DecodeJob Job(string id, RequestPriority priority, Tenant? tenant = null) => new()
    {
        Tenant = tenant ?? Tenant.Default,
        RequestId = id,
        CrossAttention = new CrossAttentionLease(new NoCache(), () => { }),
        MediaTokens = [],
        Prompt = [0],
        PromptTokens = 0,
        TrimsStart = true,
        Parameters = new DecodingParameters
        {
            Temperature = 0,
            TopP = 1,
            TopK = 0,
            MaxNewTokens = 100,
            NumBeams = 1,
            LengthPenalty = 1,
            RepetitionPenalty = 1,
            Seed = 0,
            Choices = 1,
            EndTokenIds = [],
        },
        Priority = priority,
        Stream = new CaptionStream(2),
        Clock = new JobClock(TimeProvider.System),
    };

    private sealed class NoCache : ICrossAttentionCache
    {
        public FeatureSequence Features => new(0, 1, ReadOnlyMemory<float>.Empty);

        public int Tokens => 0;

        public int PaddedTokens => 0;

        public long Bytes => 0;

        public void Dispose()
        {
        }
    }
}
