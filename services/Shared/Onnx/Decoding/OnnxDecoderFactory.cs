using System.Security.Cryptography;
using Sensorium.Core.Encoding;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding;

/// <summary>Loads the decoder of a pack.</summary>
public sealed class OnnxDecoderFactory(OnnxSessionFactory sessions)
{
    /// <summary>Throws <see cref="ModelPackException"/> if the pack has no decoder, or one whose graphs are not as docs/model-layout.md says.</summary>
    public IDecoderBackend Create(ModelPack pack, OnnxOptions options)
    {
        var part = pack.Decoder ?? throw new ModelPackException(pack.Folder, ["it has no decoder, so it cannot write captions"]);
        var onCpu = options.Device == OnnxDevice.CpuName;
        var step = sessions.Create(part.GetStep(options.VariantOf(part.StepGraph), onCpu), options);
        OnnxSession? crossKv = null;
        try
        {
            crossKv = sessions.Create(part.GetCrossKv(options.VariantOf(part.CrossKvGraph)), OnSharedPool(options));
            var graphs = new DecoderGraphs(part, step, crossKv);
            return new OnnxDecoder(graphs, Identify(pack, part, options, step), options.BatchInvariant && !step.IsBatchInvariant);
        }
        catch
        {
            crossKv?.Dispose();
            step.Dispose();
            throw;
        }
    }

    // Runs once per request, on its caller's thread: no pool of its own is worth having for that.
    private static OnnxOptions OnSharedPool(OnnxOptions options)
    {
        var shared = options.For(new ModelSettings { Threads = 0 });
        shared.SpinWhileRunning = false;
        return shared;
    }

    private static ModelIdentity Identify(ModelPack pack, DecoderPart part, OnnxOptions options, OnnxSession session) => new(
        pack.Id,
        ModelFile.CombineRevisions(
            part.GetStep(options.VariantOf(part.StepGraph), options.Device == OnnxDevice.CpuName), part.GetCrossKv(options.VariantOf(part.CrossKvGraph))),
        options.VariantOf(part.StepGraph),
        pack.SpaceId,
        Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(part.GetFile("tokenizer.json")))),
        session.Device,
        pack.License);
}
