using Sensorium.Core.Media;
using Sensorium.Core.Models;

namespace Sensorium.Core.Encoding;

/// <summary>
/// Encodes media of one modality. Implemented by the pipeline in this process, by the client of a remote service,
/// and by decorators (cache, metrics) around either.
/// </summary>
public interface IEncoder
{
    Modality Modality { get; }

    /// <summary>All models that are served. Throws UNAVAILABLE if the encoder cannot be asked and has never answered.</summary>
    ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>
    /// One outcome per item, in order. An item's own failure is in its outcome; only failures of the whole batch
    /// (overload, a model that is not served, peer gone, cancellation) are thrown. The batch names a model or means the default.
    /// </summary>
    Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken);
}
