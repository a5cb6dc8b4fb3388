using Sensorium.Core.Diffusion;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations.Videos;

/// <summary>Has the frames of a clip drawn, a few at once so that they share runs of the model.</summary>
internal sealed class FramePainter(IImageGenerator generator, TimeProvider time)
{
    private const int AtOnce = 8;
    private const int Patience = 20;

    /// <summary>The frames in their order.</summary>
    public async IAsyncEnumerable<PaintedFrame> PaintAsync(IEnumerable<ImageJob> frames, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = new Queue<Task<PaintedFrame>>();
        try
        {
            foreach (var frame in frames)
            {
                running.Enqueue(PaintAsync(frame, ending.Token));
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

    // A clip is long: what is refused as overload is asked for again when it is said to help.
    private async Task<PaintedFrame> PaintAsync(ImageJob frame, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await PaintOnceAsync(frame, cancellationToken);
            }
            catch (SensoriumException error) when (error.IsPassingOverload && attempt < Patience)
            {
                await Task.Delay(error.RetryAfter!.Value, time, cancellationToken);
            }
        }
    }

    private async Task<PaintedFrame> PaintOnceAsync(ImageJob frame, CancellationToken cancellationToken)
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
