using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding.Growing;

/// <summary>
/// A decoder that gives its keys and values back grown by what it was fed. Which caches there are, their shapes and types are
/// what the graphs declare: a decoder may cache the media's keys and values, or compute them anew in every step.
/// </summary>
internal sealed class GrowingGraphs : IDisposable
{
    private const string PastStem = "past_key_values.";
    private const string PresentStem = "present.";
    private const string MediaMark = ".encoder.";
    private const int TensorRank = 4;

    private static readonly TensorElementType[] Floats = [TensorElementType.Float, TensorElementType.Float16];

    /// <param name="part">Of the model.</param>
    /// <param name="first">Runs a start without a past; the same session as <paramref name="step"/> where one graph does both.</param>
    /// <param name="step">Runs all further steps.</param>
    /// <param name="embed">Makes vectors of tokens; null where the decoder reads tokens.</param>
    public GrowingGraphs(DecoderPart part, OnnxSession first, OnnxSession step, TokenVectors? embed = null)
    {
        (First, Step, Embed) = (first, step, embed);
        var past = step.Inputs.Values.Where(spec => spec.Name.StartsWith(PastStem, StringComparison.Ordinal)).ToArray();
        Own = [.. past.Where(spec => !IsOfMedia(spec))];
        Media = [.. past.Where(IsOfMedia)];
        Attentions = [.. step.Outputs.Values.Where(IsAttention).Select(spec => spec.Name)];
        Check();
        EncoderStates = first.Inputs[StepFeed.EncoderStates];
        Shape = new DecoderShape(step.Outputs[StepFeed.Logits].Dimensions[2], part.Capacity, EncoderStates.Dimensions[2], Attentions.Count > 0)
        {
            NeedsEqualLengths = true,
            ShowsHeads = Attentions.Count > 0,
            ReadsPromptWithMedia = part.Prompt is not null,
        };
    }

    public OnnxSession First { get; }

    public OnnxSession Step { get; }

    /// <summary>Null where the decoder reads tokens.</summary>
    public TokenVectors? Embed { get; }

    public DecoderShape Shape { get; }

    /// <summary>Encoder tokens, [batch, tokens, width].</summary>
    public TensorSpec EncoderStates { get; }

    /// <summary>Caches of the tokens that were fed, [batch, heads, tokens, width].</summary>
    public IReadOnlyList<TensorSpec> Own { get; }

    /// <summary>Caches of the media, [batch, heads, encoder tokens, width]; none where a step computes them.</summary>
    public IReadOnlyList<TensorSpec> Media { get; }

    /// <summary>Outputs that show the weights of cross-attention, one of each layer, [batch, heads, tokens, encoder tokens].</summary>
    public IReadOnlyList<string> Attentions { get; }

    /// <summary>"past_key_values.0.key" gives "present.0.key".</summary>
    public static string PresentOf(TensorSpec past) => string.Concat(PresentStem, past.Name.AsSpan(PastStem.Length));

    public void Dispose()
    {
        First.Dispose();
        Step.Dispose();
        Embed?.Dispose();
    }

    private static bool IsAttention(TensorSpec spec) =>
        spec.Name.StartsWith("cross_attentions.", StringComparison.Ordinal) && spec is { Rank: TensorRank, Type: TensorElementType.Float };

    private static bool IsOfMedia(TensorSpec spec) => spec.Name.Contains(MediaMark, StringComparison.Ordinal);

    private void Check()
    {
        string[] missing =
        [
            .. Own.Select(PresentOf).Where(name => !Step.Outputs.ContainsKey(name) || !First.Outputs.ContainsKey(name)),
            .. Media.Select(PresentOf).Where(name => !First.Outputs.ContainsKey(name)),
        ];
        string[] problems =
        [
            .. Own.Count == 0 ? ["the graph keeps no cache: it has no input 'past_key_values.*'"] : Array.Empty<string>(),
            .. Own.Concat(Media).Where(spec => !IsCache(spec)).Select(spec => $"tensor {spec} is no cache of floats [batch, heads, tokens, width] with fixed heads and width"),
            .. StepFeed.Unknown(First).Concat(StepFeed.Unknown(Step)).Distinct().Select(spec => $"the graph asks for {spec}, which nothing fills"),
            .. missing.Select(name => $"the graph gives no '{name}'"),
        ];
        if (problems.Length > 0)
        {
            throw new ModelPackException(Step.File.Path, problems) { MissingTensors = [.. missing] };
        }

        foreach (var session in (OnnxSession[])[First, Step])
        {
            _ = Embed is null ? session.RequireInput(StepFeed.InputIds, 2, TensorElementType.Int64) : session.RequireInput(StepFeed.Vectors, 3, Floats);
        }

        if (First.RequireInput(StepFeed.EncoderStates, 3, Floats).Dimensions[2] <= 0 || Step.RequireOutput(StepFeed.Logits, 3, Floats).Dimensions[2] <= 0)
        {
            throw new ModelPackException(Step.File.Path, [$"the graph leaves open how wide {StepFeed.EncoderStates} or {StepFeed.Logits} are"]);
        }
    }

    private static bool IsCache(TensorSpec spec) =>
        spec.Rank == TensorRank && spec.Dimensions[1] > 0 && spec.Dimensions[3] > 0 && spec.Type is TensorElementType.Float or TensorElementType.Float16;
}
