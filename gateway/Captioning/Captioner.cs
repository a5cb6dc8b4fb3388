using System.Runtime.CompilerServices;
using Sensorium.Core.Generation;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Captioning;

/// <summary>Captions what came through the door.</summary>
internal sealed class Captioner(ICaptionGenerator generator)
{
    /// <summary>
    /// The generator's events. With <see cref="CaptionJob.AllowPartial"/>, media that failed at the door are reported right
    /// after <see cref="CaptionStarted"/>; if all failed, or if partial results are not wanted, the first failure is thrown.
    /// </summary>
    /// <param name="media">Of the request.</param>
    /// <param name="job">Its media are those that are good.</param>
    /// <param name="cancellationToken">Stops the decoding.</param>
    public async IAsyncEnumerable<CaptionEvent> CaptionAsync(
        ReceivedBatch media,
        CaptionJob job,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!job.AllowPartial || job.Media.Count == 0)
        {
            media.ThrowIfAnyFailed();
        }

        await foreach (var caption in generator.GenerateAsync(job, cancellationToken))
        {
            yield return caption;
            if (caption is CaptionStarted)
            {
                foreach (var bad in media.Bad)
                {
                    yield return new CaptionMediaError(bad.ItemId, bad.Error!);
                }
            }
        }
    }
}
