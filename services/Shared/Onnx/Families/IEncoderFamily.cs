using Sensorium.Core.Encoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Encoding;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Families;

/// <summary>Encoders that are fed in the same way. One file for each; <see cref="EncoderFamilies"/> lists them.</summary>
internal interface IEncoderFamily
{
    /// <summary>Whether this family knows how to feed the part's graph.</summary>
    bool Matches(EncoderPart part, OnnxSession session);

    /// <summary>Name of the output that holds the vector; null means the one that ends in "_embeds".</summary>
    string? EmbeddingOf(EncoderPart part, OnnxSession session) => part.EmbeddingOutput;

    /// <summary>Whether that output holds a vector for each token.</summary>
    bool GivesTokens(string? embedding) => embedding is EncoderGraph.TokensOutput or EncoderGraph.OtherTokensOutput or EncoderGraph.PictureTokensOutput;

    /// <summary>Throws <see cref="ModelPackException"/> if the graph is not as the family needs it. The model owns the graph.</summary>
    IEncoderModel Create(EncoderBuild build);
}
