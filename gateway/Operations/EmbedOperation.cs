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
    /// <param name="normalize">Vectors are brought to length 1, of models too that give others; false gives those of the space as they are.</param>
    /// <exception cref="SensoriumException">More dimensions are asked for than the vectors have.</exception>
    public async Task<Embedded> RunAsync(
        IReadOnlyList<MediaInput> items,
        EncodeBatch template,
        string field,
        CancellationToken cancellationToken,
        int dimensions = 0,
        string dimensionsField = "dimensions",
        bool normalize = true)
    {
        if (dimensions < 0)
        {
            throw Wrong(dimensionsField, $"is {dimensions}; it must not be negative");
        }

        await using var media = await intake.ReceiveAsync(items, field, cancellationToken);
        var outcomes = await embedder.EmbedAsync(media.Media, template, cancellationToken);
        return new Embedded([.. outcomes.Select(outcome => Shape(outcome, dimensions, dimensionsField, normalize))]);
    }

    private static EncodeOutcome Shape(EncodeOutcome outcome, int dimensions, string field, bool normalize)
    {
        if (outcome.Encoded is not { } encoded || (dimensions == 0 && !(normalize && encoded.Model.KeepsLength)))
        {
            return outcome;
        }

        return outcome with
        {
            Encoded = encoded with
            {
                Embedding = Shaped(encoded.Embedding),
                Segments = [.. encoded.Segments.Select(segment => segment with { Embedding = Shaped(segment.Embedding) })],
            },
        };

        // What had length 1 has it afterwards.
        ReadOnlyMemory<float> Shaped(ReadOnlyMemory<float> vector) => dimensions > vector.Length
            ? throw Wrong(field, $"is {dimensions}; the model's vectors have {vector.Length}")
            : Shape(vector, dimensions == 0 ? vector.Length : dimensions, normalize || !encoded.Model.KeepsLength, encoded.Model.KeepsLength);
    }

    private static ReadOnlyMemory<float> Shape(ReadOnlyMemory<float> vector, int kept, bool scales, bool hadAnyLength)
    {
        if (kept == vector.Length && !hadAnyLength)
        {
            return vector;
        }

        var shaped = vector[..kept].ToArray();
        if (scales)
        {
            UnitVectors.Scale(shaped);
        }

        return shaped;
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
