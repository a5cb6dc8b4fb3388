using System.Numerics.Tensors;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Embedding;

/// <summary>Cosine similarities across modalities.</summary>
internal sealed class Comparer(Embedder embedder)
{
    /// <summary>[left, right] float32, row major.</summary>
    /// <exception cref="SensoriumException">Any medium cannot be embedded, or two vectors are of different spaces.</exception>
    public async Task<Comparison> CompareAsync(
        ReceivedBatch left,
        ReceivedBatch right,
        EncodeBatch template,
        CancellationToken cancellationToken)
    {
        left.ThrowIfAnyFailed();
        right.ThrowIfAnyFailed();
        ReceivedMedia[] media = [.. left.Media.Select(Distinguish), .. right.Media.Select(Distinguish)];
        var outcomes = await embedder.EmbedAsync(media, template, cancellationToken);
        var encoded = outcomes.Select(outcome => outcome.Encoded ?? throw outcome.Error!).ToArray();
        var space = encoded[0].Model.SpaceId;
        if (Array.Find(encoded, medium => medium.Model.SpaceId != space) is { } stranger)
        {
            throw new SensoriumException(
                ErrorCode.FailedPrecondition,
                ErrorReasons.SpaceMismatch,
                $"The media are embedded in different spaces, \"{space}\" and \"{stranger.Model.SpaceId}\", which cannot be compared.");
        }

        return new Comparison(Similarities(encoded.AsSpan(0, left.Media.Count), encoded.AsSpan(left.Media.Count)), space);
    }

    // Both sides go to the encoders in one batch, where an id that both use would mean two items.
    private static ReceivedMedia Distinguish(ReceivedMedia medium) =>
        medium with { Item = medium.Item! with { ItemId = medium.Field } };

    // The vectors have length 1, so that the dot product is the cosine; rounding may carry it just past 1.
    private static float[] Similarities(ReadOnlySpan<EncodedMedia> left, ReadOnlySpan<EncodedMedia> right)
    {
        var similarities = new float[left.Length * right.Length];
        for (var row = 0; row < left.Length; row++)
        {
            for (var column = 0; column < right.Length; column++)
            {
                var dot = TensorPrimitives.Dot(left[row].Embedding.Span, right[column].Embedding.Span);
                similarities[(row * right.Length) + column] = Math.Clamp(dot, -1f, 1f);
            }
        }

        return similarities;
    }
}

internal sealed record Comparison(float[] Similarities, string SpaceId);
