using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Decoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>What a family makes a decoder of.</summary>
/// <param name="Identify">Names the decoder, given one of its sessions.</param>
/// <param name="Load">Loads a graph.</param>
internal sealed record DecoderBuild(
    DecoderPart Part, OnnxOptions Options, Func<OnnxSession, ModelIdentity> Identify, Func<ModelFile, OnnxOptions, OnnxSession> Load)
{
    /// <summary>Loads a graph that makes vectors of tokens.</summary>
    public TokenVectors LoadVectors(string graph)
    {
        var session = LoadGraph(graph);
        try
        {
            return new TokenVectors(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Loads a graph of the part, in the variant that is wanted of it.</summary>
    public OnnxSession LoadGraph(string graph) => Load(Part.GetGraph(graph, Options.VariantOf(graph)), Options);

    /// <summary>Equal results in any company need runs of one row.</summary>
    public bool RunsRowsApart(OnnxSession session) => Options.BatchInvariant && !session.IsBatchInvariant;
}
