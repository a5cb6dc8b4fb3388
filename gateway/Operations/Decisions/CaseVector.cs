using Sensorium.Core.Encoding;
using Sensorium.Gateway.Operations.Classification;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>How media become the vector that a decider reads: the same when it is taught and when it decides.</summary>
internal static class CaseVector
{
    /// <summary>Of notes that are longer than the model reads, the beginning: their words are read to the end.</summary>
    public static EncodeBatch Reading(EncodeBatch template) => template with { Text = new TextReading(Truncate: true) };

    /// <summary>The mean of the media of one modality.</summary>
    public static float[] Of(IEnumerable<ReadOnlyMemory<float>> media) => LabelScorer.Mean([.. media]);
}
