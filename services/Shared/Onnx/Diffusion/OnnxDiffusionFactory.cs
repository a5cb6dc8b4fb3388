using Sensorium.Core.Diffusion;
using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Diffusion;

/// <summary>Loads the graphs of a model that makes pictures.</summary>
public sealed class OnnxDiffusionFactory(OnnxSessionFactory sessions)
{
    /// <summary>Throws <see cref="ModelPackException"/> that names what is not as it must be.</summary>
    public IDiffusionBackend Create(ModelPack pack, DiffusionPart part, OnnxOptions options)
    {
        var opened = new List<IDisposable>();
        try
        {
            var prompts = Keep(new PromptEncoder(Open(DiffusionPart.TextEncoderGraph)));
            var denoising = Open(DiffusionPart.DenoiserGraph);
            var denoiser = Keep(new Denoiser(denoising, runsRowsAlone: options.BatchInvariant && !denoising.IsBatchInvariant));
            var pictures = Keep(new Autoencoder(part, Open(DiffusionPart.DecoderGraph), part.ReadsPictures ? Open(DiffusionPart.EncoderGraph) : null));
            var identity = new ModelIdentity(
                pack.Id, part.GetRevision(options.VariantOf), options.VariantOf(DiffusionPart.DenoiserGraph), pack.SpaceId, "", denoising.Device, pack.License);
            return new OnnxDiffusionBackend(part, identity, prompts, denoiser, pictures);
        }
        catch
        {
            opened.ForEach(open => open.Dispose());
            throw;
        }

        OnnxSession Open(string graph) => Keep(sessions.Create(part.GetGraph(graph, options.VariantOf(graph)), options));

        T Keep<T>(T open)
            where T : IDisposable
        {
            opened.Add(open);
            return open;
        }
    }
}
