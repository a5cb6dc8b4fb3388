using System.Numerics.Tensors;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Deciders.Cases;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Operations.Classification;
using Sensorium.Gateway.Operations.Indexing;
using Sensorium.Index.Collections;
using Sensorium.Index.Filters;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>Reads the items of a collection as cases. Nothing is encoded: the vectors are there.</summary>
internal sealed class CollectionCases(CollectionDirectory collections)
{
    /// <summary>The models to teach with where a caller names none: that of the collection, if it has one.</summary>
    public async Task<IReadOnlyList<ModelSelector>> ModelsOfAsync(CollectionSource source, CancellationToken cancellationToken)
    {
        var collection = await collections.FindAsync(source.Name, "header.collection.name", cancellationToken);
        return CollectionDirectory.SelectorOf(collection.Definition.Model) is { } model ? [model] : [];
    }

    /// <param name="source">Which items, and what their metadata mean.</param>
    /// <param name="models">That are to embed what is decided later.</param>
    /// <param name="most">Cases.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <exception cref="SensoriumException">
    /// There is no such collection, no item has an outcome, or the vectors are of another space than those of the models.
    /// </exception>
    public async Task<CollectedCases> ReadAsync(CollectionSource source, CaseModels models, int most, CancellationToken cancellationToken)
    {
        var filter = ItemFilter.Parse(source.Filter, "header.collection.filter");
        var collection = await collections.FindAsync(source.Name, "header.collection.name", cancellationToken);
        var (cases, failures) = (new List<TaughtCase>(), new List<(string, SensoriumException)>());
        var reader = new MetadataCases(source);
        await foreach (var item in collection.EnumerateAsync(filter, "", ItemParts.Segments, cancellationToken))
        {
            try
            {
                if (Read(item, reader) is { } taught)
                {
                    cases.Add(taught);
                }
            }
            catch (SensoriumException error)
            {
                failures.Add((item.Facts.Id, error));
            }

            if (cases.Count > most)
            {
                throw SensoriumException.Invalid(ErrorReasons.TooManyItems, $"A decider is taught by at most {most} cases; give a filter.", "header.collection.filter");
            }
        }

        CheckLabels(source, cases, failures);
        CheckSpace(collection.Definition, cases, models);
        return new CollectedCases(cases, failures);
    }

    // Items without an outcome teach nothing.
    private static TaughtCase? Read(IndexedItem item, MetadataCases reader)
    {
        var outcomes = reader.Outcomes(item.Facts.Metadata);
        if (outcomes.Count == 0)
        {
            return null;
        }

        var vectors = new Dictionary<string, float[]>(StringComparer.Ordinal);
        if (item.Facts.Modality is { } modality && VectorOf(item, modality) is { } vector)
        {
            vectors[ModalityTable.Of(modality).Name] = vector;
        }

        return new TaughtCase(
            new DecisionCase(item.Facts.Id, reader.Record(item.Facts.Metadata), vectors, item.Facts.Text), reader.Group(item.Facts.Metadata), outcomes);
    }

    // As an encoder makes one vector of its segments: their mean, longer ones counting more. Of a video those of its frames.
    private static float[]? VectorOf(IndexedItem item, Modality modality)
    {
        ReadOnlyMemory<float>[] own =
        [
            .. from segment in item.Segments
               where TrackTable.EncoderOf(modality, segment.Track) == modality
               let seconds = segment.Range is { End: { } end } range ? (end - range.Start).TotalSeconds : 1
               select (ReadOnlyMemory<float>)Weighted(segment.Vector, (float)seconds),
        ];
        return own.Length == 0 ? null : Sum(own);
    }

    private static float[] Weighted(ReadOnlyMemory<float> vector, float weight)
    {
        var weighted = vector.ToArray();
        TensorPrimitives.Multiply(weighted, weight, weighted);
        return weighted;
    }

    private static float[] Sum(ReadOnlyMemory<float>[] vectors)
    {
        var sum = new float[vectors[0].Length];
        foreach (var vector in vectors)
        {
            TensorPrimitives.Add(sum, vector.Span, sum);
        }

        return LabelScorer.Mean([sum]);
    }

    private static void CheckLabels(CollectionSource source, List<TaughtCase> cases, List<(string, SensoriumException)> failures)
    {
        var missing = source.LabelFields.FirstOrDefault(name => !cases.Exists(one => one.Outcomes.ContainsKey(name)));
        if (missing is not null)
        {
            throw failures.Count > 0 ? failures[0].Item2 : SensoriumException.Invalid(
                ErrorReasons.TooFewCases, $"No item of collection '{source.Name}' has the metadata \"{missing}\", which is to be the outcome.", "header.collection.label_fields");
        }
    }

    private static void CheckSpace(CollectionDefinition collection, List<TaughtCase> cases, CaseModels models)
    {
        foreach (var name in cases.SelectMany(one => one.Case.Vectors.Keys).Distinct())
        {
            var modality = ModalityTable.OfName(name)!.Modality;
            if (models.Find(modality) is not { } model)
            {
                throw new SensoriumException(
                    ErrorCode.FailedPrecondition, ErrorReasons.ModelNotServed, $"Nothing that is served here embeds {name}, which collection '{collection.Name}' holds.")
                { Field = "header.models" };
            }

            Spaces.Check(collection.SpaceId, model.SpaceId);
        }
    }
}

/// <param name="Failures">Items that could not be used, by their ids.</param>
internal sealed record CollectedCases(IReadOnlyList<TaughtCase> Cases, IReadOnlyList<(string CaseId, SensoriumException Error)> Failures);
