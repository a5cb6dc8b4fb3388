using Sensorium.Core.Encoding;
using Sensorium.Core.Media;

namespace Sensorium.Caching;

internal sealed class CachingEncoder(IEncoder inner) : IEncoder
{
    public Modality Modality => inner.Modality;

    public ValueTask<EncoderDescription> DescribeAsync(CancellationToken cancellationToken) => inner.DescribeAsync(cancellationToken);

    public Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken) =>
        inner.EncodeAsync(batch, cancellationToken);
}
