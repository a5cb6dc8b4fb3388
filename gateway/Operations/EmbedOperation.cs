using Sensorium.Core.Encoding;
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
    public async Task<Embedded> RunAsync(
        IReadOnlyList<MediaInput> items, EncodeBatch template, string field, CancellationToken cancellationToken)
    {
        await using var media = await intake.ReceiveAsync(items, field, cancellationToken);
        return new Embedded(await embedder.EmbedAsync(media.Media, template, cancellationToken));
    }
}

/// <param name="Outcomes">One per item, in order.</param>
internal sealed record Embedded(IReadOnlyList<EncodeOutcome> Outcomes)
{
    /// <summary>Each model that answered, once.</summary>
    public IReadOnlyList<ModelIdentity> Models { get; } = [.. Outcomes.Select(outcome => outcome.Encoded?.Model).OfType<ModelIdentity>().Distinct()];

    public string SpaceId => Models.Count == 0 ? "" : Models[0].SpaceId;
}
