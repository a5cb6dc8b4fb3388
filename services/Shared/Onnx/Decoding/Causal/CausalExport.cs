using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Families;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding.Causal;

/// <summary>The usual exports of decoders that read one sequence: of tokens, or of vectors that a graph of its own makes of them.</summary>
internal static class CausalExport
{
    /// <summary>Throws <see cref="ModelPackException"/> if the graphs are not such an export.</summary>
    /// <param name="build">What is to be made.</param>
    /// <param name="mediaToken">The token in whose places vectors of media stand; null if it reads none.</param>
    /// <param name="placesPerSecond">How far apart frames of clips stand in time; 0 if one stands beside the other.</param>
    public static IDecoderBackend Create(DecoderBuild build, int? mediaToken = null, int placesPerSecond = 0)
    {
        var (part, options) = (build.Part, build.Options);
        var step = build.Load(part.GetStep(options.VariantOf(part.StepGraph)), options);
        TokenVectors? embed = null;
        try
        {
            embed = part.Conversation?.EmbedGraph is { } graph ? build.LoadVectors(graph) : null;
            return new CausalDecoder(new CausalGraphs(part, step, embed) { PlacesPerSecond = placesPerSecond }, build.Identify(step), mediaToken, build.RunsRowsApart(step));
        }
        catch
        {
            embed?.Dispose();
            step.Dispose();
            throw;
        }
    }
}
