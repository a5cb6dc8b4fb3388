using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Encoding;

/// <summary>Makes the encoder of a modality from a pack.</summary>
public sealed class OnnxEncoderFactory(OnnxSessionFactory sessions)
{
    /// <summary>Throws <see cref="ModelPackException"/> that says what is missing, or <see cref="OnnxDeviceException"/>.</summary>
    public IEncoderModel Create(ModelPack pack, Modality modality, OnnxOptions options)
    {
        if (!pack.Encoders.TryGetValue(modality, out var part))
        {
            throw new ModelPackException(pack.Folder, [$"there is no encoder for {modality}"]);
        }

        var graph = Load(part, options);
        try
        {
            return Create(part, graph, options, Identity(pack, part, graph, options));
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    private static ModelIdentity Identity(ModelPack pack, EncoderPart part, EncoderGraph graph, OnnxOptions options)
    {
        var width = graph.Embedding.Dimensions[1];
        return width == pack.EmbeddingWidth
            ? new ModelIdentity(pack.Id, part.GetRevision(options.Variant), options.Variant, pack.SpaceId, "", graph.Session.Device, pack.License)
            : throw new ModelPackException(
                graph.Session.File.Path, [$"{graph.Embedding} is {width} wide, but 'embedding_width' is {pack.EmbeddingWidth}"]);
    }

    private IEncoderModel Create(EncoderPart part, EncoderGraph graph, OnnxOptions options, ModelIdentity identity)
    {
        var input = (string name, int rank) => graph.Session.RequireInput(name, rank);
        var limit = BatchLimit(options, graph);
        return part.Modality switch
        {
            Modality.Text => new TextModel(graph, identity, limit, part.MaxTokens),
            Modality.Image => new FloatModel(graph, identity, limit, input(EncoderInputs.Pixels, 4), []),
            Modality.Audio => new FloatModel(graph, identity, limit, input(EncoderInputs.Mel, 3), []),
            Modality.Video when part.FrameEncoder is not null => CreateFrameModel(part, graph, options, identity),
            _ => new FloatModel(graph, identity, limit, input(EncoderInputs.Pixels, 5), [part.NumFrames]),
        };
    }

    private FrameModel CreateFrameModel(EncoderPart part, EncoderGraph graph, OnnxOptions options, ModelIdentity identity)
    {
        var pictures = Load(part.FrameEncoder!, options);
        try
        {
            return new FrameModel(graph, pictures, identity, BatchLimit(options, graph, pictures), part.NumFrames);
        }
        catch
        {
            pictures.Dispose();
            throw;
        }
    }

    private static int BatchLimit(OnnxOptions options, params EncoderGraph[] graphs) =>
        options.BatchInvariant && graphs.Any(graph => !graph.Session.IsBatchInvariant) ? 1 : 0;

    private EncoderGraph Load(EncoderPart part, OnnxOptions options) =>
        new(sessions.Create(part.GetModel(options.Variant), options), part.EmbeddingOutput);
}
