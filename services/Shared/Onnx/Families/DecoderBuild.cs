using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>What a family makes a decoder of.</summary>
/// <param name="Identify">Names the decoder, given one of its sessions.</param>
/// <param name="Load">Loads a graph.</param>
internal sealed record DecoderBuild(
    DecoderPart Part, OnnxOptions Options, Func<OnnxSession, ModelIdentity> Identify, Func<ModelFile, OnnxOptions, OnnxSession> Load)
{
    /// <summary>Equal results in any company need runs of one row.</summary>
    public bool RunsRowsApart(OnnxSession session) => Options.BatchInvariant && !session.IsBatchInvariant;
}
