using Sensorium.Core.Diffusion;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Videos;

/// <summary>Has the frames of a clip drawn, a few at once so that they share runs of the model.</summary>
internal sealed class FramePainter(IImageGenerator generator, TimeProvider time)
{
    private const int AtOnce = 8;

    /// <summary>The frames in their order.</summary>
    public async IAsyncEnumerable<PaintedFrame> PaintAsync(IEnumerable<ImageJob> frames, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Queue<Task<PaintedFrame>>();
        try
        {
            foreach (var frame in frames)
            {
                running.Enqueue(Patience.TryAsync(() => PaintAsync(frame, ending.Token), time, ending.Token));
                if (running.Count == AtOnce)
                {
                    yield return await running.Dequeue();
                }
            }

            while (running.Count > 0)
            {
                yield return await running.Dequeue();
            }
        }
        finally
        {
            // Whoever stops reading stops the work; what fails then is nobody's.
            await ending.CancelAsync();
            await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task<PaintedFrame> PaintAsync(ImageJob frame, CancellationToken cancellationToken)
    {
        ImageStarted? started = null;
        await foreach (var made in generator.GenerateAsync(frame, cancellationToken))
        {
            started = made as ImageStarted ?? started;
            if (made is ImageFinished finished)
            {
                return new PaintedFrame(finished.Png, started!.Width, started.Height, started.Model);
            }
        }

        throw SensoriumException.Unavailable(ErrorReasons.PeerUnavailable, "A picture of the clip ended before it was finished.");
    }
}

internal sealed record PaintedFrame(ReadOnlyMemory<byte> Png, int Width, int Height, ModelIdentity Model);
