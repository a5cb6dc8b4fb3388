using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Core.Generation.Fusion;

/// <summary>Asks all encoders at the same time, each once for all that it is to encode.</summary>
/// <param name="modelId">Of the decoder, whose encoders are asked: no other's tokens mean anything to it.</param>
internal sealed class MediaEncoding(string modelId, Func<Modality, IEncoder?> encoders, Func<Modality, int> maxSegments)
{
    /// <summary>One outcome per part, in order. Nothing but cancellation is thrown: a failed call is the outcome of its parts.</summary>
    public async Task<IReadOnlyList<EncodedPart>> EncodeAsync(
        CaptionJob job, IReadOnlyList<MediaPart> parts, CancellationToken cancellationToken)
    {
        var calls = parts.GroupBy(part => part.Encoder).Select(group => CallAsync(job, group.Key, [.. group], cancellationToken));
        var outcomes = (await Task.WhenAll(calls)).SelectMany(call => call).ToDictionary(encoded => encoded.Part);
        return [.. parts.Select(part => outcomes[part])];
    }

    private async Task<EncodedPart[]> CallAsync(
        CaptionJob job, Modality modality, IReadOnlyList<MediaPart> parts, CancellationToken cancellationToken)
    {
        try
        {
            var encoder = encoders(modality) ?? throw SensoriumException.Unavailable(
                ErrorReasons.PeerUnavailable, $"No encoder for {modality} is configured.");
            var outcomes = await encoder.EncodeAsync(Batch(job, modality, parts), cancellationToken);
            return [.. parts.Zip(outcomes, (part, outcome) => new EncodedPart(part, outcome))];
        }
        catch (SensoriumException error)
        {
            return [.. parts.Select(part => new EncodedPart(part, EncodeOutcome.Failed(part.Item.ItemId, error)))];
        }
    }

    // A revision names the weights of one model, so only the pack's id can hold for encoders and decoder alike.
    private EncodeBatch Batch(CaptionJob job, Modality modality, IReadOnlyList<MediaPart> parts) => new(
        job.RequestId,
        [.. parts.Select(part => part.Item)],
        WithFeatures: true,
        new ModelSelector(modelId, null),
        job.Cache,
        job.Priority,
        maxSegments(modality),
        job.Deadline)
    {
        Tenant = job.Tenant,
    };
}
