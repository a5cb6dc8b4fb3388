using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;

namespace Sensorium.Caching.UnitTests.Fakes;

/// <summary>Looks around in the context of each encode.</summary>
internal sealed class SpyEncoder(IEncoder inner, Action look) : IEncoder
{
    public Modality Modality => inner.Modality;

    public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken) => inner.DescribeAsync(cancellationToken);

    public Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken)
    {
        look();
        return inner.EncodeAsync(batch, cancellationToken);
    }
}
