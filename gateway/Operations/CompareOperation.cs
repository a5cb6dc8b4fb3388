using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations;

/// <summary>Cosine similarities across modalities.</summary>
internal sealed class CompareOperation(MediaIntake intake, Embedder embedder)
{
    /// <param name="left">Rows.</param>
    /// <param name="right">Columns.</param>
    /// <param name="template">Everything of the batches but their items.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <param name="leftField">What the face calls the first list.</param>
    /// <param name="rightField">What the face calls the second list.</param>
    /// <exception cref="SensoriumException">Any medium cannot be embedded, or two vectors are of different spaces.</exception>
    public async Task<Comparison> RunAsync(
        IReadOnlyList<MediaInput> left,
        IReadOnlyList<MediaInput> right,
        EncodeBatch template,
        CancellationToken cancellationToken,
        string leftField = "left",
        string rightField = "right")
    {
        await using var lefts = await intake.ReceiveAsync(left, leftField, cancellationToken);
        await using var rights = await intake.ReceiveAsync(right, rightField, cancellationToken);
        lefts.ThrowIfAnyFailed();
        rights.ThrowIfAnyFailed();
        ReceivedMedia[] media = [.. lefts.Media.Select(Distinguish), .. rights.Media.Select(Distinguish)];
        var outcomes = await embedder.EmbedAsync(media, template, cancellationToken);
        var encoded = outcomes.Select(outcome => outcome.Encoded ?? throw outcome.Error!).ToArray();
        var space = encoded[0].Model.SpaceId;
        foreach (var medium in encoded)
        {
            Spaces.Check(space, medium.Model.SpaceId);
        }

        return new Comparison(Similarities(encoded.AsSpan(0, left.Count), encoded.AsSpan(left.Count)), left.Count, right.Count, space);
    }

    // Both sides go to the encoders in one batch, where an id that both use would mean two items.
    private static ReceivedMedia Distinguish(ReceivedMedia medium) =>
        medium with { Item = medium.Item! with { ItemId = medium.Field } };

    private static float[] Similarities(ReadOnlySpan<EncodedMedia> left, ReadOnlySpan<EncodedMedia> right)
    {
        var similarities = new float[left.Length * right.Length];
        for (var row = 0; row < left.Length; row++)
        {
            for (var column = 0; column < right.Length; column++)
            {
                similarities[(row * right.Length) + column] = UnitVectors.Cosine(left[row].Embedding.Span, right[column].Embedding.Span);
            }
        }

        return similarities;
    }
}

/// <param name="Similarities">[Left, Right], row major.</param>
internal sealed record Comparison(float[] Similarities, int Left, int Right, string SpaceId);
