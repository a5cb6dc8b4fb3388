using System.Numerics.Tensors;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Indexing;
using Sensorium.Index.Collections;

namespace Sensorium.Gateway.Operations.Searching;

/// <summary>Makes one vector of all queries: their weighted sum, whose similarity to an item is the weighted sum of theirs, scaled.</summary>
internal sealed class QueryMixer(MediaIntake intake, Embedder embedder)
{
    /// <exception cref="SensoriumException">A query is wrong, is of another space, or cannot be encoded.</exception>
    public async Task<MixedQuery> MixAsync(
        IReadOnlyList<WeightedQuery> queries, CollectionDefinition collection, EncodeBatch template, CancellationToken cancellationToken)
    {
        Check(queries);
        var inputs = queries.Select(query => query.Media).OfType<MediaInput>().ToArray();
        await using var media = inputs.Length == 0 ? new ReceivedBatch([]) : await intake.ReceiveAsync(inputs, "queries", cancellationToken);
        media.ThrowIfAnyFailed();
        var outcomes = media.Media.Count == 0
            ? []
            : await embedder.EmbedAsync(media.Media, template with { Model = CollectionDirectory.SelectorOf(collection.Model) }, cancellationToken);
        var encoded = outcomes.Select(outcome => outcome.Encoded ?? throw outcome.Error!).ToArray();
        foreach (var (one, input) in encoded.Zip(inputs))
        {
            CollectionRules.CheckSpace(collection, one.Model.SpaceId, input.Field);
        }

        return new MixedQuery(
            Mix(queries, encoded, collection), [.. encoded.Select(one => one.Model).Distinct()], [.. outcomes.SelectMany(outcome => outcome.Warnings)]);
    }

    private static void Check(IReadOnlyList<WeightedQuery> queries)
    {
        if (queries.Count == 0)
        {
            throw SensoriumException.Invalid(ErrorReasons.NoMedia, "queries is empty; give at least one.", "queries");
        }

        if (queries.FirstOrDefault(query => !float.IsFinite(query.Weight)) is { } wrong)
        {
            throw SensoriumException.Invalid(
                ErrorReasons.InvalidParameter, $"{wrong.Field}.weight is {wrong.Weight}; it must be a number.", $"{wrong.Field}.weight");
        }
    }

    private static float[] Mix(IReadOnlyList<WeightedQuery> queries, EncodedMedia[] encoded, CollectionDefinition collection)
    {
        var sum = new float[collection.Width];
        var next = 0;
        foreach (var query in queries)
        {
            var vector = query.Media is null ? query.Vector : encoded[next++].Embedding;
            TensorPrimitives.MultiplyAdd(QueryVectors.Unit(vector.Span, collection, query.Field), query.Weight, sum, sum);
        }

        return TensorPrimitives.Norm<float>(sum) > 0
            ? QueryVectors.Unit(sum, collection, "queries")
            : throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, "queries cancel each other out: by their weights nothing is left to search for.", "queries");
    }
}

/// <param name="Vector">Euclidean length 1.</param>
internal sealed record MixedQuery(float[] Vector, IReadOnlyList<ModelIdentity> Models, IReadOnlyList<MediaWarning> Warnings);
