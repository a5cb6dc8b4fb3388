using Sensorium.Core.Diffusion;
using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Diffusion;

/// <summary>Loads the graphs of a model that makes pictures.</summary>
public sealed class OnnxDiffusionFactory(OnnxSessionFactory sessions)
{
    /// <summary>What the files say of a model that is not loaded; null where only loading tells: on an accelerator, and of graphs of one size.</summary>
    public static ModelIdentity? Identify(ModelPack pack, DiffusionPart part, OnnxOptions options)
    {
        try
        {
            return options.Device == OnnxDevice.CpuName && TakesAnySize(part.GetGraph(DiffusionPart.DenoiserGraph, options.VariantOf(DiffusionPart.DenoiserGraph)))
                ? IdentityOf(pack, part, options, options.Device)
                : null;
        }
        catch (Exception error) when (error is ModelPackException or InvalidDataException)
        {
            return null;
        }
    }

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
            return new OnnxDiffusionBackend(part, IdentityOf(pack, part, options, denoising.Device), prompts, denoiser, pictures);
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

    private static ModelIdentity IdentityOf(ModelPack pack, DiffusionPart part, OnnxOptions options, string device) =>
        new(pack.Id, part.GetRevision(options.VariantOf), options.VariantOf(DiffusionPart.DenoiserGraph), pack.SpaceId, "", device, pack.License);

    private static bool TakesAnySize(ModelFile denoiser)
    {
        using var stream = File.OpenRead(denoiser.Path);
        return GraphTensors.Read(stream).Inputs.FirstOrDefault(input => input.Name == Denoiser.Sample) is { Dimensions: [_, _, var height, var width] }
            && !int.TryParse(height, out _) && !int.TryParse(width, out _);
    }
}
