namespace Sensorium.Core.Encoding;

/// <summary>A loaded model that encodes batches of equal shape. One run at a time per instance.</summary>
public interface IEncoderModel : IDisposable
{
    ModelIdentity Identity { get; }

    int EmbeddingWidth { get; }

    int FeatureWidth { get; }

    /// <summary>Runs the inputs as one batch; results in the same order. Token inputs of unequal length are padded and masked.</summary>
    IReadOnlyList<ModelOutput> Run(IReadOnlyList<ModelInput> inputs, bool withFeatures);
}

/// <param name="Embedding">[width], length 1.</param>
public sealed record ModelOutput(ReadOnlyMemory<float> Embedding, FeatureSequence? Features);
