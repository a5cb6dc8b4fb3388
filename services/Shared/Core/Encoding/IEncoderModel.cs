using Sensorium.Core.Batching;

namespace Sensorium.Core.Encoding;

/// <summary>
/// A loaded model that encodes batches of equal shape. Batches are prepared while another runs; runs never overlap.
/// Token inputs of unequal length are padded and masked.
/// </summary>
public interface IEncoderModel : IBatchProcessor<EncoderInput, ModelOutput>, IDisposable
{
    /// <summary>Without the digest of the preprocessing, which the model does not know.</summary>
    ModelIdentity Identity { get; }

    /// <summary>Width of the joint space.</summary>
    int EmbeddingWidth { get; }

    /// <summary>Width of a feature token.</summary>
    int FeatureWidth { get; }

    /// <summary>Null if the model was not trained to make probabilities of similarities.</summary>
    SimilarityScale? Similarity => null;

    /// <summary>Null if the model has no labels of its own.</summary>
    ModelLabels? Labels => null;

    /// <summary>Most inputs of one run; 0 means no limit. 1 for a model whose results depend on their company.</summary>
    int MaxBatchSize { get; }

    /// <summary>Inputs of an equal key may share a batch. Throws <see cref="ArgumentException"/> if the model cannot read it at all.</summary>
    string ShapeKeyOf(ModelInput input);
}

public readonly record struct EncoderInput(ModelInput Input, bool WithFeatures);

/// <param name="Embedding">[width], of length 1 unless the model keeps what its graph gives.</param>
/// <param name="Features">Null unless they were asked for.</param>
public sealed record ModelOutput(ReadOnlyMemory<float> Embedding, FeatureSequence? Features);
