using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding.Causal;

/// <summary>
/// A decoder that reads one sequence and gives its keys and values back grown by it, and the graph that makes vectors of tokens where the
/// decoder reads vectors. Which caches there are, their shapes and types are what the graphs declare.
/// </summary>
internal sealed class CausalGraphs : IDisposable
{
    private const string PastStem = "past_key_values.";
    private const string PresentStem = "present.";
    private const int TensorRank = 4;

    /// <param name="part">Of the model.</param>
    /// <param name="step">The decoder.</param>
    /// <param name="embed">Makes vectors of tokens; null where the decoder reads tokens.</param>
    public CausalGraphs(DecoderPart part, OnnxSession step, TokenVectors? embed)
    {
        (Step, Embed) = (step, embed);
        Past = [.. step.Inputs.Values.Where(spec => spec.Name.StartsWith(PastStem, StringComparison.Ordinal))];
        Check();
        Vectors = step.Inputs.GetValueOrDefault(CausalFeed.Vectors);
        Shape = new DecoderShape(step.Outputs[CausalFeed.Logits].Dimensions[2], part.Capacity, embed?.Width ?? 0, Explains: false)
        {
            Converses = true,
            ReadsPromptsWhole = step.Inputs.ContainsKey(CausalFeed.UseCache),
        };
    }

    public OnnxSession Step { get; }

    public TokenVectors? Embed { get; }

    public DecoderShape Shape { get; }

    /// <summary>Caches of the tokens that were fed, [batch, heads, tokens, width].</summary>
    public IReadOnlyList<TensorSpec> Past { get; }

    /// <summary>What the decoder reads in the place of tokens, [batch, tokens, width]; null where it reads tokens.</summary>
    public TensorSpec? Vectors { get; }

    /// <summary>Rows of unequal lengths are filled up on the left and share a run.</summary>
    public bool PadsRows => !Step.CountsLengths && Step.Inputs.ContainsKey(CausalFeed.Mask);

    /// <summary>Tokens stand in time, height and width, [3, batch, tokens].</summary>
    public bool ReadsPlaces => Step.Inputs.TryGetValue(CausalFeed.PositionIds, out var places) && places.Rank == CausalFeed.PlaceAxes;

    /// <summary>How far apart frames of clips stand in time; 0 if one stands beside the other.</summary>
    public int PlacesPerSecond { get; init; }

    /// <summary>"past_key_values.0.key" gives "present.0.key".</summary>
    public static string PresentOf(TensorSpec past) => string.Concat(PresentStem, past.Name.AsSpan(PastStem.Length));

    public void Dispose()
    {
        Step.Dispose();
        Embed?.Dispose();
    }

    private void Check()
    {
        string[] problems =
        [
            .. Past.Count == 0 ? ["the graph keeps no cache: it has no input 'past_key_values.*'"] : Array.Empty<string>(),
            .. Past.Where(spec => !IsCache(spec)).Select(spec => $"tensor {spec} is no cache of floats [batch, heads, tokens, width] with fixed heads and width"),
            .. ReadsPlaces && Step.Inputs[CausalFeed.PositionIds].Dimensions[0] is > 0 and not CausalFeed.PlaceAxes
                ? [$"tensor {Step.Inputs[CausalFeed.PositionIds]} has other axes than time, height and width"]
                : Array.Empty<string>(),
            .. CausalFeed.Unknown(Step).Select(spec => $"the graph asks for {spec}, which nothing fills"),
            .. Past.Select(PresentOf).Where(name => !Step.Outputs.ContainsKey(name)).Select(name => $"the graph gives no '{name}'"),
        ];
        if (problems.Length > 0)
        {
            throw new ModelPackException(Step.File.Path, problems);
        }

        if (Embed is null)
        {
            Step.RequireInput(CausalFeed.Ids, 2);
        }
        else
        {
            Step.RequireInput(CausalFeed.Vectors, 3);
        }

        if (Step.RequireOutput(CausalFeed.Logits, 3).Dimensions[2] <= 0)
        {
            throw new ModelPackException(Step.File.Path, [$"the graph leaves open how wide {CausalFeed.Logits} are"]);
        }
    }

    private static bool IsCache(TensorSpec spec) =>
        spec.Rank == TensorRank && spec.Dimensions[1] > 0 && spec.Dimensions[3] > 0 && spec.Type is TensorElementType.Float or TensorElementType.Float16;
}
