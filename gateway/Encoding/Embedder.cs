using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;

namespace Sensorium.Gateway.Encoding;

/// <summary>Sends the items of a request to the encoders of their modalities, all at once.</summary>
internal sealed class Embedder(EncoderDirectory encoders)
{
    /// <summary>
    /// One outcome per medium, in order. If an encoder fails as a whole, its items fail with it; only if nothing at all
    /// succeeded is its failure the request's.
    /// </summary>
    /// <param name="media">As the intake gave them.</param>
    /// <param name="template">Everything of the batches but their items.</param>
    /// <param name="cancellationToken">Of the call.</param>
    public async Task<EncodeOutcome[]> EmbedAsync(
        IReadOnlyList<ReceivedMedia> media,
        EncodeBatch template,
        CancellationToken cancellationToken)
    {
        var outcomes = media.Select(medium => medium.Error is { } error ? EncodeOutcome.Failed(medium.ItemId, error) : null).ToArray();
        var groups = Enumerable.Range(0, media.Count)
            .Where(i => outcomes[i] is null)
            .GroupBy(i => EncoderDirectory.RouteOf(media[i].Item!))
            .Select(group => EncodeInPartsAsync(group.Key, [.. group], media, outcomes, template, cancellationToken));
        var failures = await Task.WhenAll(groups);
        if (failures.FirstOrDefault(failure => failure is not null) is { } failed && outcomes.All(outcome => outcome!.Error is not null))
        {
            throw failed;
        }

        return outcomes!;
    }

    /// <summary>
    /// Fills in the outcomes of one modality, in batches as large as its encoder takes, one after the other: a large request
    /// must not fill the encoder's queue by itself. Answers the first failure of a batch as a whole.
    /// </summary>
    private async Task<SensoriumException?> EncodeInPartsAsync(
        Modality modality,
        int[] indices,
        IReadOnlyList<ReceivedMedia> media,
        EncodeOutcome?[] outcomes,
        EncodeBatch template,
        CancellationToken cancellationToken)
    {
        SensoriumException? failure = null;
        foreach (var part in indices.Chunk(await PartSizeAsync(modality, template.Model, indices.Length, cancellationToken)))
        {
            failure = await EncodeAsync(modality, part, media, outcomes, template, cancellationToken) ?? failure;
        }

        return failure;
    }

    private async ValueTask<int> PartSizeAsync(Modality modality, ModelSelector? model, int items, CancellationToken cancellationToken)
    {
        if (items == 1)
        {
            return items;
        }

        try
        {
            var limit = (await encoders[modality].DescribeAsync(cancellationToken)).Select(model).Limits.MaxItems;
            return limit > 0 ? Math.Min(limit, items) : items;
        }
        catch (SensoriumException)
        {
            // The encoder cannot be asked; encoding will say so.
            return items;
        }
    }

    /// <summary>Fills in the outcomes of one batch. Answers its failure as a whole, if it failed so.</summary>
    private async Task<SensoriumException?> EncodeAsync(
        Modality modality,
        int[] indices,
        IReadOnlyList<ReceivedMedia> media,
        EncodeOutcome?[] outcomes,
        EncodeBatch template,
        CancellationToken cancellationToken)
    {
        try
        {
            var batch = template with { Items = [.. indices.Select(i => media[i].Item!)] };
            var encoded = await encoders[modality].EncodeAsync(batch, cancellationToken);
            for (var i = 0; i < indices.Length; i++)
            {
                var medium = media[indices[i]];
                outcomes[indices[i]] = encoded[i].Error is { } error
                    ? encoded[i] with { Error = error.At(medium.ItemId, medium.Field) }
                    : encoded[i];
            }

            return null;
        }
        catch (SensoriumException refusal)
        {
            var error = await ModelSenses.ExplainAsync(refusal, template.Model, modality, encoders, cancellationToken);
            foreach (var i in indices)
            {
                outcomes[i] = EncodeOutcome.Failed(media[i].ItemId, error);
            }

            return error;
        }
    }
}
