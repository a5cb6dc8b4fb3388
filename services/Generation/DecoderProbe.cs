using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Generation;

/// <summary>Ready is a decoder that decodes: every check runs its graphs once, beside the batches that run.</summary>
internal sealed class DecoderProbe(IDecoderBackend backend) : IModelReadiness
{
    public string Name => "generation";

    public async ValueTask<string?> CheckAsync(CancellationToken cancellationToken)
    {
        await Task.Run(backend.WarmUp, cancellationToken);
        return null;
    }
}
