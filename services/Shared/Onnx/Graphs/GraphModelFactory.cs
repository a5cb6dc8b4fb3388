using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;
using Sensorium.Core.Tensors;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Graphs;

/// <summary>Loads bare graphs.</summary>
public sealed class GraphModelFactory(OnnxSessionFactory sessions)
{
    /// <summary>Throws <see cref="ModelPackException"/> that says what is wrong with it, or <see cref="OnnxDeviceException"/>.</summary>
    /// <param name="maxBatchRows">Where the model does not say it itself.</param>
    public IGraphModel Create(ModelPack pack, GraphPart part, OnnxOptions options, int maxBatchRows)
    {
        var config = GraphConfig.Read(pack.Folder);
        var session = sessions.Create(part.GetGraph(GraphPart.Graph, options.VariantOf(GraphPart.Graph)), options);
        try
        {
            return new GraphModel(session, Describe(session, pack, part, config, options.BatchInvariant, maxBatchRows));
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private static GraphDescription Describe(OnnxSession session, ModelPack pack, GraphPart part, GraphConfig config, bool batchInvariant, int maxBatchRows)
    {
        var identity = new ModelIdentity(pack.Id, session.File.Revision, session.File.Variant, pack.SpaceId, "", session.Device, pack.License);
        var (inputs, outputs) = (GraphPorts.InputsOf(session, config), GraphPorts.OutputsOf(session, config));
        var joins = GraphPorts.ShareRows(inputs, outputs) && (session.IsBatchInvariant || !batchInvariant) && config.MaxBatchSize != 1;
        return new GraphDescription(
            identity,
            part.Version,
            inputs,
            outputs,
            joins ? config.MaxBatchSize ?? maxBatchRows : 0,
            LimitsRequests: joins && config.MaxBatchSize is not null);
    }
}
