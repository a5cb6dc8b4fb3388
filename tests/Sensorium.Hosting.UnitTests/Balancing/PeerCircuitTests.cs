using Microsoft.Extensions.Time.Testing;
using Sensorium.Hosting.Grpc.Balancing;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Balancing;

public sealed class PeerCircuitTests : IPeerCircuitEvents
{
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(5);

    private readonly FakeTimeProvider _time = new();
    private readonly List<string> _events = [];
    private readonly PeerCircuit _circuit;
    private PeerAnswer _health = PeerAnswer.Serves;
    private int _checks;

    public PeerCircuitTests() => _circuit = new PeerCircuit(
        new PeerCircuitOptions { Failures = 3, Silence = Silence, Duration = TimeSpan.FromSeconds(10), MaxDuration = TimeSpan.FromMinutes(1) }, CheckAsync, this, _time);

    void IPeerCircuitEvents.Opened(string reason) => _events.Add(reason);

    void IPeerCircuitEvents.Closed() => _events.Add("closed");

    [Fact]
    public void Connections_that_break_in_a_row_open_it_and_an_answer_in_between_does_not()
    {
        _circuit.Broke();
        _circuit.Broke();
        _circuit.Answered();
        _circuit.Broke();
        _circuit.Broke();
        Assert.True(_circuit.IsClosed);

        _circuit.Broke();
        Assert.False(_circuit.IsClosed);
        Assert.Equal(["failures"], _events);
    }

    [Fact]
    public void Callers_who_give_up_early_or_while_others_are_answered_are_no_failure()
    {
        for (var i = 0; i < 10; i++)
        {
            _circuit.GivenUp(_circuit.Begin());
            var slow = _circuit.Begin();
            _time.Advance(Silence);
            _circuit.Answered();
            _circuit.GivenUp(slow);
        }

        Assert.True(_circuit.IsClosed);
    }

    [Fact]
    public void Calls_that_time_out_while_nothing_is_answered_open_it()
    {
        var calls = Enumerable.Range(0, 3).Select(_ => _circuit.Begin()).ToArray();
        _time.Advance(Silence);
        Assert.All(calls, _circuit.GivenUp);

        Assert.False(_circuit.IsClosed);
    }

    [Fact]
    public void One_that_owes_an_answer_for_long_is_asked_for_its_health_and_left_out_if_that_is_not_answered()
    {
        _circuit.Begin();
        _circuit.Consider();
        Assert.Equal(0, _checks);

        _time.Advance(Silence);
        _circuit.Consider();
        _circuit.Consider();
        Assert.Equal(1, _checks);
        Assert.True(_circuit.IsClosed);

        _health = PeerAnswer.None;
        _time.Advance(Silence);
        _circuit.Consider();
        Assert.False(_circuit.IsClosed);
        Assert.Equal(["silence"], _events);
    }

    [Fact]
    public void One_that_owes_nothing_is_not_asked()
    {
        _circuit.Begin();
        _circuit.Answered();
        _time.Advance(10 * Silence);
        _circuit.Consider();

        Assert.Equal(0, _checks);
    }

    [Theory]
    [InlineData(PeerAnswer.None)]
    [InlineData(PeerAnswer.ServesNot)]
    internal void It_stays_left_out_for_a_growing_while_until_its_health_is_good(PeerAnswer bad)
    {
        _circuit.Broke();
        _circuit.Broke();
        _circuit.Broke();
        _health = bad;

        Assert.Equal([10, 20, 40, 60, 60], Enumerable.Range(0, 5).Select(_ => SecondsUntilAsked()).ToArray());
        Assert.False(_circuit.IsClosed);

        _health = PeerAnswer.Serves;
        SecondsUntilAsked();
        Assert.True(_circuit.IsClosed);
        Assert.Equal(["failures", "closed"], _events);
    }

    [Fact]
    public void One_whose_health_is_good_and_whose_calls_are_not_is_left_out_again_after_the_first()
    {
        _circuit.Broke();
        _circuit.Broke();
        _circuit.Broke();
        SecondsUntilAsked();

        _circuit.Broke();

        Assert.False(_circuit.IsClosed);
        Assert.Equal(20, SecondsUntilAsked());
    }

    [Fact]
    public void An_answer_that_comes_after_all_closes_it()
    {
        _circuit.Broke();
        _circuit.Broke();
        _circuit.Broke();
        _circuit.Answered();

        Assert.True(_circuit.IsClosed);
    }

    private Task<PeerAnswer> CheckAsync()
    {
        _checks++;
        return Task.FromResult(_health);
    }

    private int SecondsUntilAsked()
    {
        var (before, seconds) = (_checks, 0);
        for (_circuit.Consider(); _checks == before; _circuit.Consider())
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            seconds++;
        }

        return seconds;
    }
}
