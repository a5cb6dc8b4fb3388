using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>Embeds media that nobody waits for by the second: an encoder that is overloaded is asked again when it says so.</summary>
internal sealed class PatientEmbedder(Embedder embedder, TimeProvider time)
{
    private const int Tries = 30;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    /// <summary>One outcome per medium, in order.</summary>
    /// <param name="media">As the intake gave them.</param>
    /// <param name="template">Everything of the batches but their items.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">Nothing at all can be embedded, for another reason than overload.</exception>
    public async Task<EncodeOutcome[]> EmbedAsync(IReadOnlyList<ReceivedMedia> media, EncodeBatch template, CancellationToken cancellationToken)
    {
        var outcomes = await TryAsync(media, template, cancellationToken);
        for (var tried = 1; tried < Tries; tried++)
        {
            var refused = Enumerable.Range(0, outcomes.Length).Where(i => outcomes[i].Error?.IsPassingOverload == true).ToArray();
            if (refused.Length == 0)
            {
                break;
            }

            var pause = refused.Max(i => outcomes[i].Error!.RetryAfter!.Value);
            await Task.Delay(pause < ShortestPause ? ShortestPause : pause, time, cancellationToken);
            var again = await TryAsync([.. refused.Select(i => media[i])], template, cancellationToken);
            for (var i = 0; i < refused.Length; i++)
            {
                outcomes[refused[i]] = again[i];
            }
        }

        return outcomes;
    }

    private async Task<EncodeOutcome[]> TryAsync(IReadOnlyList<ReceivedMedia> media, EncodeBatch template, CancellationToken cancellationToken)
    {
        try
        {
            return await embedder.EmbedAsync(media, template, cancellationToken);
        }
        catch (SensoriumException error) when (error.IsPassingOverload)
        {
            return [.. media.Select(medium => EncodeOutcome.Failed(medium.ItemId, error.At(medium.ItemId, medium.Field)))];
        }
    }
}
