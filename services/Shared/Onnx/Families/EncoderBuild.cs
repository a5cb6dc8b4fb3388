using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>What a family makes an encoder of.</summary>
/// <param name="Load">Loads the graph of another part that this one needs.</param>
internal sealed record EncoderBuild(
    EncoderPart Part, EncoderGraph Graph, ModelIdentity Identity, OnnxOptions Options, Func<EncoderPart, EncoderGraph> Load)
{
    /// <summary>1 if equal results in any company need runs of one row, else 0 for no limit.</summary>
    public int BatchLimit(params EncoderGraph[] others) =>
        Options.BatchInvariant && others.Append(Graph).Any(graph => !graph.Session.IsBatchInvariant) ? 1 : 0;
}
