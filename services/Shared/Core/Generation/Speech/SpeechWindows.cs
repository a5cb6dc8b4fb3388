using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Core.Generation.Speech;

/// <summary>Sound as a model's encoder reads it, window by window.</summary>
/// <param name="encoder">The encoder of sound; null if none is configured.</param>
internal sealed class SpeechWindows(Func<IEncoder?> encoder, string modelId)
{
    /// <summary>Null behind the end of the sound.</summary>
    /// <param name="at">Where the window begins.</param>
    /// <param name="isFirst">There being no sound at all is then the caller's fault.</param>
    public async Task<EncodedMedia?> EncodeAsync(TranscriptionJob job, TimeSpan at, bool isFirst, CancellationToken cancellationToken)
    {
        var end = job.Media.Range?.End is { } last && last < at + SpeechModel.Window ? last : at + SpeechModel.Window;
        if (end <= at && !isFirst)
        {
            return null;
        }

        var asked = encoder() ?? throw SensoriumException.Unavailable(ErrorReasons.PeerUnavailable, "No encoder for sound is configured.");
        var batch = new EncodeBatch(
            job.RequestId, [job.Media with { Range = new TimeRange(at, end) }], WithFeatures: true, new ModelSelector(modelId, null), job.Cache, job.Priority, 1, job.Deadline)
        {
            Tenant = job.Tenant,
        };
        var outcome = (await asked.EncodeAsync(batch, cancellationToken))[0];
        return outcome.Error switch
        {
            null => outcome.Encoded!,
            { Reason: ErrorReasons.InvalidRange } when !isFirst => null,
            _ => throw outcome.Error,
        };
    }
}
