using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Xunit;

namespace Sensorium.Core.UnitTests.Models.Running;

public sealed class ModelHubTests : IAsyncDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(5);

    private readonly FakeTimeProvider _time = new();
    private readonly ModelHub<FakeDescription, FakeServer> _hub;
    private readonly FakeServer _server = new();

    public ModelHubTests() => _hub = new ModelHub<FakeDescription, FakeServer>("text", _time);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task A_model_goes_when_the_last_request_under_way_has_ended_and_no_new_one_gets_it()
    {
        await _hub.AddAsync(FakeDescription.Of("a"), _server, isDefault: true);
        var use = await UseAsync("a");

        var removal = _hub.RemoveAsync("a", new UnservedModel("a", "it is not loaded"));

        Assert.False(removal.IsCompleted);
        Assert.False(use.Server.IsDisposed);
        Assert.Contains("it is not loaded", (await Assert.ThrowsAsync<SensoriumException>(async () => await UseAsync("a"))).Message);
        use.Dispose();
        await removal;
        Assert.True(_server.IsDisposed);
    }

    [Fact]
    public async Task A_model_that_is_loaded_again_answers_new_requests_while_the_old_one_finishes()
    {
        var again = new FakeServer();
        await _hub.AddAsync(FakeDescription.Of("a"), _server, isDefault: true);
        var old = await UseAsync("a");

        var replacement = _hub.AddAsync(FakeDescription.Of("a", "2"), again, isDefault: true);
        using var use = await UseAsync("a");

        Assert.Same(again, use.Server);
        Assert.Equal("2", Assert.Single(_hub.Served.Models).Model.Revision);
        Assert.False(_server.IsDisposed);
        old.Dispose();
        await replacement;
        Assert.True(_server.IsDisposed);
    }

    [Fact]
    public async Task A_model_that_nobody_uses_sleeps_and_the_next_request_wakes_it_once()
    {
        var awake = new FakeServer();
        var wakes = 0;
        await _hub.AddAsync(FakeDescription.Of("a"), _server, isDefault: true, () => Task.FromResult(wakes++ == 0 ? awake : new FakeServer()));
        (await UseAsync("a")).Dispose();
        _time.Advance(Idle);

        Assert.True(await _hub.TrySleepAsync("a", Idle));
        Assert.Equal((true, false), (_server.IsDisposed, _hub.Look("a")!.Value.IsAwake));
        Assert.Single(_hub.Served.Models);
        var uses = await Task.WhenAll(UseAsync("a"), UseAsync("a"));

        Assert.All(uses, use => Assert.Same(awake, use.Server));
        Assert.Equal(1, wakes);
        Assert.False(await _hub.TrySleepAsync("a", TimeSpan.Zero));
    }

    [Fact]
    public async Task A_model_that_was_used_lately_does_not_sleep_and_looking_after_it_is_no_use()
    {
        await _hub.AddAsync(FakeDescription.Of("a"), _server, isDefault: true, () => Task.FromResult(new FakeServer()));
        _time.Advance(Idle / 2);
        (await UseAsync("a")).Dispose();
        _time.Advance(Idle / 2);

        Assert.False(await _hub.TrySleepAsync("a", Idle));
        Assert.Single(_hub.PeekAll()).Dispose();
        _time.Advance(Idle / 2);
        Assert.True(await _hub.TrySleepAsync("a", Idle));
    }

    [Fact]
    public async Task A_model_that_does_not_wake_is_an_error_and_is_tried_again()
    {
        var fails = true;
        await _hub.AddAsync(
            FakeDescription.Of("a"), _server, isDefault: true, () => fails ? Task.FromException<FakeServer>(new InvalidDataException("gone")) : Task.FromResult(new FakeServer()));
        await _hub.TrySleepAsync("a", TimeSpan.Zero);

        await Assert.ThrowsAsync<InvalidDataException>(() => UseAsync("a"));
        fails = false;

        Assert.NotNull((await UseAsync("a")).Server);
    }

    [Fact]
    public async Task A_model_is_asked_for_by_an_alias_too()
    {
        await _hub.AddAsync(FakeDescription.Of("a") with { Aliases = ["small"] }, _server, isDefault: false);

        Assert.Same(_server, (await UseAsync("small")).Server);
        _ = _hub.RemoveAsync("a", new UnservedModel("a", "it is not loaded") { Aliases = ["small"] });
        Assert.Contains("'a'", (await Assert.ThrowsAsync<SensoriumException>(async () => await UseAsync("small"))).Message);
    }

    private async Task<ModelUse<FakeServer>> UseAsync(string name) => await _hub.UseAsync(new ModelSelector(name, null), CancellationToken.None);
}
