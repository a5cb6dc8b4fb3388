using Sensorium.Hosting.UnitTests.Hosts;
using Sensorium.Hosting.UnitTests.Policies;
using Xunit;
using static Sensorium.Testing.Shared.Http2.Http2Frames;

namespace Sensorium.Hosting.UnitTests.Http2;

/// <summary>Floods of frames end the connection that they come from, and no other.</summary>
public sealed class FloodTests(FloodedHost flooded) : IClassFixture<FloodedHost>
{
    private const int Steps = 40_000;

    [Fact]
    public Task Of_PRIORITY() => IsEndedAsync(_ => Frame(Priority, 0, 1, [0, 0, 0, 0, 16]));

    [Fact]
    public Task Of_empty_DATA() => IsEndedAsync(_ => Frame(Data, 0, 1, []), Frame(Headers, EndHeaders, 1, Call(GrpcWire.EncodeStream)));

    [Fact]
    public Task Of_SETTINGS() => IsEndedAsync(_ => Frame(SettingsFrame, 0, 0, []));

    [Fact]
    public Task Of_PING() => IsEndedAsync(_ => Frame(Ping, 0, 0, new byte[8]));

    [Fact]
    public Task Of_WINDOW_UPDATE() => IsEndedAsync(_ => Frame(WindowUpdate, 0, 0, [0, 0, 0, 1]));

    [Fact]
    public Task Of_empty_CONTINUATION() => IsEndedAsync(_ => Frame(Continuation, 0, 1, []), Frame(Headers, 0, 1, Call(GrpcWire.Encode)));

    [Fact]
    public Task Of_headers_without_end() => IsEndedAsync(
        _ => Frame(Continuation, 0, 1, [0, 1, (byte)'a', 100, .. Enumerable.Repeat((byte)'b', 100)]), Frame(Headers, 0, 1, Call(GrpcWire.Encode)));

    [Fact]
    public Task Of_unknown_frames() => IsEndedAsync(_ => Frame(0xEE, 0, 0, [1]));

    /// <summary>CVE-2023-44487.</summary>
    [Fact]
    public Task Of_calls_that_are_reset_at_once() => IsEndedAsync(step =>
    [
        .. Frame(Headers, EndHeaders, (2 * step) + 1, Call(GrpcWire.EncodeStream)),
        .. Frame(ResetStream, 0, (2 * step) + 1, [0, 0, 0, 8]),
    ]);

    [Fact]
    public async Task A_connection_is_told_how_many_calls_it_may_have()
    {
        using var wire = await Http2Wire.ConnectAsync(flooded.Host.Address);
        byte type;
        byte[] payload;
        do
        {
            (type, payload) = await wire.ReadAsync();
        }
        while (type != SettingsFrame);

        // 3 is MAX_CONCURRENT_STREAMS.
        Assert.Contains(payload.Chunk(6), setting => setting is [0, 3, 0, 0, 0, FloodedHost.Streams]);
    }

    private async Task IsEndedAsync(Func<int, byte[]> frames, params byte[] first)
    {
        using var wire = await Http2Wire.ConnectAsync(flooded.Host.Address);
        await wire.WriteAsync(first);

        Assert.True(await wire.IsEndedAsync(frames, Steps), "The server goes on reading.");
        Assert.Equal("1.0", (await flooded.Host.Client.DescribeAsync(new V1.DescribeRequest())).ProtocolVersion);
    }
}

public sealed class FloodedHost : IAsyncLifetime
{
    internal const byte Streams = 77;

    internal EncoderHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() =>
        Host = await EncoderHost.StartAsync(new() { ["Sensorium:Host:MaxStreamsPerConnection"] = $"{Streams}" });

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}
