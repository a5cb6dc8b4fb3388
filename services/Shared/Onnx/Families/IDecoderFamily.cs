using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Packs;

namespace Sensorium.Onnx.Families;

/// <summary>Decoders that are fed in the same way. One file for each; <see cref="DecoderFamilies"/> lists them.</summary>
internal interface IDecoderFamily
{
    bool Matches(DecoderPart part);

    /// <summary>Throws <see cref="ModelPackException"/> if the graphs are not as the family needs them.</summary>
    IDecoderBackend Create(DecoderBuild build);
}
