using Sensorium.Core.Generation.Decoding;
using Sensorium.Hosting.Health;

namespace Sensorium.Generation;

/// <summary>Ready is a decoder that decodes: every check runs its graphs once, beside the batches that run.</summary>
internal sealed class DecoderProbe(IDecoderBackend backend) : IReadinessProbe
{
    public string Name => "generation";

    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        await Task.Run(backend.WarmUp, cancellationToken);
        return null;
    }
}
