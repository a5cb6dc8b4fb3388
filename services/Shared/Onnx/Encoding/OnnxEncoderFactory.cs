using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Families;
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
            var build = new EncoderBuild(part, graph, Identity(pack, part, graph, options), options, other => Load(other, options));
            var model = EncoderFamilies.Of(part, graph.Session).Create(build);
            if (graph.EmbeddingWidth <= 0)
            {
                model.Probe();
            }

            return model;
        }
        catch
        {
            graph.Dispose();
            throw;
        }
    }

    private static bool KeepsLength(EncoderPart part, OnnxOptions options) => options.Normalize is { } normalize ? !normalize : part.KeepsLength;

    private static ModelIdentity Identity(ModelPack pack, EncoderPart part, EncoderGraph graph, OnnxOptions options)
    {
        var width = graph.EmbeddingWidth;
        return pack.EmbeddingWidth == 0 || width == pack.EmbeddingWidth
            ? new ModelIdentity(pack.Id, part.GetRevision(options.VariantOf), options.VariantOf(part.Graph), SpaceOf(pack, graph), "", graph.Session.Device, pack.License)
            : throw new ModelPackException(
                graph.Session.File.Path, [$"{graph.Embedding} is {width} wide, but 'embedding_width' is {pack.EmbeddingWidth}"]);
    }

    // Vectors of any length and those of length 1 are told apart, also by what remembers them.
    private static string SpaceOf(ModelPack pack, EncoderGraph graph) => graph.KeepsLength ? pack.SpaceId + ModelIdentity.UnscaledSpace : pack.SpaceId;

    private EncoderGraph Load(EncoderPart part, OnnxOptions options)
    {
        var session = sessions.Create(part.GetModel(options.VariantOf(part.Graph)), options);
        try
        {
            var family = EncoderFamilies.Of(part, session);
            var embedding = family.EmbeddingOf(part, session);
            return new EncoderGraph(session, embedding, family.GivesTokens(embedding), needsTokens: part.Family is null)
            {
                Pooling = part.Pooling,
                KeepsLength = KeepsLength(part, options),
            };
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
