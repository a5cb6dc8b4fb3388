using System.Diagnostics;
using Sensorium.Caching.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Caching.UnitTests.Redis;

public sealed class SharedActivityTests : IAsyncDisposable
{
    private readonly FakeSharedStore _store = new();

    [Fact]
    public async Task A_look_up_in_Redis_is_a_span_of_the_request_that_needed_it()
    {
        using var recorder = new Recorder();
        await using var cache = new CacheUnderTest(new FakeEncoder(), _store);
        using var request = new Activity("request").Start();

        await cache.EncodeAsync("cat");

        var span = Assert.Single(recorder.Ended(request.TraceId), activity => activity.OperationName == "redis get");
        Assert.Equal(ActivityKind.Client, span.Kind);
        Assert.Equal(("redis", "get"), (span.GetTagItem("db.system.name"), span.GetTagItem("db.operation.name")));
    }

    [Fact]
    public async Task A_failure_of_Redis_is_told_in_its_span()
    {
        using var recorder = new Recorder();
        _store.Failure = new InvalidOperationException("gone");
        await using var cache = new CacheUnderTest(new FakeEncoder(), _store);
        using var request = new Activity("request").Start();

        await cache.EncodeAsync("cat");

        Assert.Contains(recorder.Ended(request.TraceId), activity => (activity.Status, activity.StatusDescription) == (ActivityStatusCode.Error, "gone"));
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private sealed class Recorder : IDisposable
    {
        private readonly ActivityListener _listener;
        private readonly List<Activity> _ended = [];

        public Recorder()
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Sensorium",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
                ActivityStopped = Add,
            };
            ActivitySource.AddActivityListener(_listener);
        }

        /// <summary>Other tests beside this one have traces of their own.</summary>
        public IReadOnlyList<Activity> Ended(ActivityTraceId trace)
        {
            lock (_ended)
            {
                return [.. _ended.Where(activity => activity.TraceId == trace)];
            }
        }

        public void Dispose() => _listener.Dispose();

        private void Add(Activity activity)
        {
            lock (_ended)
            {
                _ended.Add(activity);
            }
        }
    }
}
