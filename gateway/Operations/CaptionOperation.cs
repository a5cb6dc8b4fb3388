using System.Runtime.CompilerServices;
using Sensorium.Core.Generation;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations;

/// <summary>Describes media in words.</summary>
internal sealed class CaptionOperation(MediaIntake intake, ICaptionGenerator generator)
{
    /// <summary>
    /// The generator's events. With <see cref="CaptionJob.AllowPartial"/>, media that the intake refused are reported right
    /// after <see cref="CaptionStarted"/>; if all were refused, or if partial results are not wanted, the first refusal is thrown.
    /// </summary>
    /// <param name="inputs">Of the field "media".</param>
    /// <param name="template">Everything of the job but its media.</param>
    /// <param name="cancellationToken">Stops the decoding.</param>
    public async IAsyncEnumerable<CaptionEvent> RunAsync(
        IReadOnlyList<MediaInput> inputs,
        CaptionJob template,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var media = await intake.ReceiveAsync(inputs, "media", cancellationToken);
        var job = template with { Media = [.. media.Good.Select(medium => medium.Item!)] };
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
