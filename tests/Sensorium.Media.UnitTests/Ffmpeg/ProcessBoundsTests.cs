using System.Buffers.Binary;
using System.Diagnostics;
using Sensorium.Core.Errors;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Sound;
using Sensorium.Testing.Shared.Media;
using Xunit;

namespace Sensorium.Media.UnitTests.Ffmpeg;

/// <summary>What a process that decodes may take, and that it ends with its parent.</summary>
public sealed class ProcessBoundsTests : IDisposable
{
    private readonly MediaServices _services = new();

    [Fact]
    public async Task Memory_beyond_the_bound_is_the_error_of_this_medium()
    {
        var error = await RunAsync("-f lavfi -i color=s=16000x16000:d=1 -vf scale=15000:15000 -f rawvideo pipe:1");

        Assert.Equal((ErrorCode.ResourceExhausted, ErrorReasons.UndecodableMedia), (error.Code, error.Reason));
        Assert.Contains("MiB", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Processor_time_beyond_the_bound_is_the_error_of_this_medium()
    {
        using var services = new MediaServices(builder => builder.Configuration["Sensorium:Media:Ffmpeg:MaxProcessorTime"] = "00:00:01");

        var error = await RunAsync("-f lavfi -i testsrc=s=640x480 -t 1000000 -f null -", services);

        Assert.Equal((ErrorCode.ResourceExhausted, ErrorReasons.UndecodableMedia), (error.Code, error.Reason));
        Assert.Contains("processor", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Waiting_in_all_is_bounded_even_if_something_comes()
    {
        using var services = new MediaServices(builder => builder.Configuration["Sensorium:Media:Ffmpeg:MaxRunTime"] = "00:00:01");

        var error = await RunAsync("-re -f lavfi -i sine -t 100 -f s16le pipe:1", services);

        Assert.Equal(ErrorCode.DeadlineExceeded, error.Code);
    }

    [Fact]
    public async Task A_rate_that_nobody_records_at_is_refused_by_the_header()
    {
        var wave = await File.ReadAllBytesAsync(TestMedia.Sound(), TestContext.Current.CancellationToken);
        BinaryPrimitives.WriteInt32LittleEndian(wave.AsSpan(24), 1_000_000_000);

        var error = await Assert.ThrowsAsync<SensoriumException>(async () =>
        {
            await foreach (var _ in _services.Get<ISoundReader>().ReadAsync(
                MediaServices.Bytes(wave), null, 16000, 16000, null, TestContext.Current.CancellationToken))
            {
            }
        });

        Assert.Equal(ErrorReasons.UndecodableMedia, error.Reason);
        Assert.Contains("1000000000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_is_ended_with_its_parent_and_bounded()
    {
        var command = ChildCommand.Create("/usr/bin/ffmpeg", "-i x", new FfmpegOptions());

        Assert.True(command.Bounded);
        using var process = Process.Start(new ProcessStartInfo(command.Program, command.Arguments.Replace("\"/usr/bin/ffmpeg\" -i x", "cat /proc/self/limits", StringComparison.Ordinal))
        {
            RedirectStandardOutput = true,
        })!;
        var limits = process.StandardOutput.ReadToEnd();
        process.WaitForExit();

        Assert.Contains("1610612736", limits, StringComparison.Ordinal);
        Assert.Contains("--pdeathsig KILL", command.Arguments, StringComparison.Ordinal);
    }

    public void Dispose() => _services.Dispose();

    private async Task<SensoriumException> RunAsync(string arguments, MediaServices? services = null) =>
        await Assert.ThrowsAsync<SensoriumException>(async () =>
        {
            await using var process = await (services ?? _services).Get<FfmpegRunner>().StartFfmpegAsync(
                "-nostdin -v error " + arguments, TestContext.Current.CancellationToken);
            var block = new byte[65536];
            while (await process.ReadBlockAsync(block) > 0)
            {
            }

            await process.FinishAsync();
        });
}
