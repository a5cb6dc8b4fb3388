using System.Security.Cryptography;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Families;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding;

/// <summary>Loads the decoder of a model.</summary>
public sealed class OnnxDecoderFactory(OnnxSessionFactory sessions)
{
    /// <summary>Throws <see cref="ModelPackException"/> if the model has no decoder, or one whose graphs are not as its family needs them.</summary>
    public IDecoderBackend Create(ModelPack pack, OnnxOptions options)
    {
        var part = pack.Decoder ?? throw new ModelPackException(pack.Folder, ["it has no decoder, so it cannot write captions"]);
        var build = new DecoderBuild(part, options, session => Identify(pack, part, options, session), sessions.Create);
        return DecoderFamilies.Of(part).Create(build);
    }

    /// <summary>A decoder that runs no graph of its own: its encoder's weights are all there is.</summary>
    public static ModelIdentity Identify(ModelPack pack, OnnxOptions options)
    {
        var part = pack.Decoder ?? throw new ModelPackException(pack.Folder, ["it has no decoder"]);
        var variant = options.VariantOf(part.StepGraph);
        return new ModelIdentity(pack.Id, part.GetRevision(options.VariantOf), variant, pack.SpaceId, "", options.Device, pack.License);
    }

    private static ModelIdentity Identify(ModelPack pack, DecoderPart part, OnnxOptions options, OnnxSession session) => new(
        pack.Id,
        part.GetRevision(options.VariantOf, options.Device == OnnxDevice.CpuName),
        options.VariantOf(part.StepGraph),
        pack.SpaceId,
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(part.GetFile("tokenizer.json")))),
        session.Device,
        pack.License);
}
