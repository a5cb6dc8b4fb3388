using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Sensorium.V1;

namespace Sensorium.Cli.Commands.Live;

/// <summary>Frames and sound of a source, as they are there.</summary>
internal static class LiveMessages
{
    private const int Waiting = 4;

    // A tenth of a second.
    private const int SoundBytes = LiveSource.SampleRate / 10 * sizeof(short);

    /// <exception cref="IOException">There is neither.</exception>
    public static async IAsyncEnumerable<LiveRequest> ReadAsync(LiveSource source, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var messages = Channel.CreateBounded<LiveRequest>(Waiting);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = ReadBothAsync(source, messages.Writer, stop.Token);
        try
        {
            await foreach (var message in messages.Reader.ReadAllAsync(cancellationToken))
            {
                yield return message;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await reading;
    }

    private static async Task ReadBothAsync(LiveSource source, ChannelWriter<LiveRequest> messages, CancellationToken cancellationToken)
    {
        try
        {
            var faults = await Task.WhenAll(ReadFramesAsync(source, messages, cancellationToken), ReadSoundAsync(source, messages, cancellationToken));
            if (faults.All(fault => fault is not null))
            {
                throw new IOException($"{source.Name}: nothing to see and nothing to hear: {faults[0]}");
            }
        }
        finally
        {
            messages.TryComplete();
        }
    }

    // Null if anything came.
    private static async Task<string?> ReadFramesAsync(LiveSource source, ChannelWriter<LiveRequest> messages, CancellationToken cancellationToken)
    {
        await using var ffmpeg = new FfmpegPipe(source.FrameArguments());
        var count = 0;
        await foreach (var file in JpegReader.ReadAsync(ffmpeg.Output, cancellationToken))
        {
            var time = TimeSpan.FromSeconds(count++ / source.FramesPerSecond).ToDuration();
            await messages.WriteAsync(new LiveRequest { Frame = new LiveFrame { Time = time, Data = UnsafeByteOperations.UnsafeWrap(file) } }, cancellationToken);
        }

        return count > 0 ? null : await ffmpeg.ErrorsAsync();
    }

    private static async Task<string?> ReadSoundAsync(LiveSource source, ChannelWriter<LiveRequest> messages, CancellationToken cancellationToken)
    {
        if (source.SoundArguments() is not { } arguments)
        {
            return "";
        }

        await using var ffmpeg = new FfmpegPipe(arguments);
        long sent = 0;
        while (true)
        {
            var samples = new byte[SoundBytes];
            var read = await ffmpeg.Output.ReadAtLeastAsync(samples, SoundBytes, throwOnEndOfStream: false, cancellationToken) / sizeof(short) * sizeof(short);
            if (read == 0)
            {
                return sent > 0 ? null : await ffmpeg.ErrorsAsync();
            }

            var time = TimeSpan.FromSeconds((double)sent / sizeof(short) / LiveSource.SampleRate).ToDuration();
            await messages.WriteAsync(
                new LiveRequest { Sound = new LiveSound { Time = time, Samples = UnsafeByteOperations.UnsafeWrap(samples.AsMemory(0, read)) } }, cancellationToken);
            sent += read;
        }
    }
}
