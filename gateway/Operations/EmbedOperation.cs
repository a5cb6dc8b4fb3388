using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Operations;

/// <summary>Embeds media of any modalities. Items fail one by one.</summary>
internal sealed class EmbedOperation(MediaIntake intake, Embedder embedder)
{
    /// <param name="items">Of the field "items".</param>
    /// <param name="template">Everything of the batches but their items.</param>
    /// <param name="field">What the face calls the list.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <param name="dimensions">Components of each vector that are kept; 0 keeps all.</param>
    /// <param name="dimensionsField">What the face calls <paramref name="dimensions"/>.</param>
    /// <exception cref="SensoriumException">More dimensions are asked for than the vectors have.</exception>
    public async Task<Embedded> RunAsync(
        IReadOnlyList<MediaInput> items,
        EncodeBatch template,
        string field,
        CancellationToken cancellationToken,
        int dimensions = 0,
        string dimensionsField = "dimensions")
    {
        if (dimensions < 0)
        {
            throw Wrong(dimensionsField, $"is {dimensions}; it must not be negative");
        }

        await using var media = await intake.ReceiveAsync(items, field, cancellationToken);
        var outcomes = await embedder.EmbedAsync(media.Media, template, cancellationToken);
        return new Embedded(dimensions == 0 ? outcomes : [.. outcomes.Select(outcome => Shorten(outcome, dimensions, dimensionsField))]);
    }

    private static EncodeOutcome Shorten(EncodeOutcome outcome, int dimensions, string field) => outcome.Encoded is not { } encoded
        ? outcome
        : outcome with
        {
            Encoded = encoded with
            {
                Embedding = Shorten(encoded.Embedding, dimensions, field),
                Segments = [.. encoded.Segments.Select(segment => segment with { Embedding = Shorten(segment.Embedding, dimensions, field) })],
            },
        };

    private static ReadOnlyMemory<float> Shorten(ReadOnlyMemory<float> vector, int dimensions, string field)
    {
        if (dimensions > vector.Length)
        {
            throw Wrong(field, $"is {dimensions}; the model's vectors have {vector.Length}");
        }

        if (dimensions == vector.Length)
        {
            return vector;
        }

        var shortened = vector[..dimensions].ToArray();
        UnitVectors.Scale(shortened);
        return shortened;
    }

    private static SensoriumException Wrong(string field, string fault) =>
        SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"{field} {fault}.", field);
}

/// <param name="Outcomes">One per item, in order.</param>
internal sealed record Embedded(IReadOnlyList<EncodeOutcome> Outcomes)
{
    /// <summary>Each model that answered, once.</summary>
    public IReadOnlyList<ModelIdentity> Models { get; } = [.. Outcomes.Select(outcome => outcome.Encoded?.Model).OfType<ModelIdentity>().Distinct()];

    public string SpaceId => Models.Count == 0 ? "" : Models[0].SpaceId;
}
