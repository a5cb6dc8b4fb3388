using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding;

/// <summary>The two graphs of a serving decoder, with the names and sizes of docs/model-layout.md, checked against what they declare.</summary>
internal sealed class DecoderGraphs : IDisposable
{
    public const string InputIds = "input_ids";
    public const string PastLengths = "past_lengths";
    public const string EncoderLengths = "encoder_lengths";
    public const string EncoderStates = "encoder_hidden_states";
    public const string Logits = "logits";
    public const string CrossAttentions = "cross_attentions";
    private const string CapacityDimension = "capacity";

    public DecoderGraphs(DecoderPart part, OnnxSession step, OnnxSession crossKv)
    {
        (Step, CrossKv) = (step, crossKv);
        (Layers, Heads, HeadWidth) = (part.Layers, part.Heads, part.HeadWidth);
        PastOwn = Names("past_key_values", "decoder");
        PastCross = Names("past_key_values", "encoder");
        PresentOwn = Names("present", "decoder");
        PresentCross = Names("present", "encoder");
        Check();
        var vocabulary = step.Outputs[Logits].Dimensions[2];
        var width = crossKv.Inputs[EncoderStates].Dimensions[2];
        Shape = new DecoderShape(
            vocabulary > 0 ? vocabulary : part.VocabularySize,
            part.Capacity,
            width > 0 ? width : part.Heads * part.HeadWidth,
            step.Outputs.ContainsKey(CrossAttentions));
    }

    public OnnxSession Step { get; }

    public OnnxSession CrossKv { get; }

    public DecoderShape Shape { get; }

    public int Layers { get; }

    public int Heads { get; }

    public int HeadWidth { get; }

    /// <summary>Key and value of every layer, in this order: two per layer.</summary>
    public IReadOnlyList<string> PastOwn { get; }

    public IReadOnlyList<string> PastCross { get; }

    public IReadOnlyList<string> PresentOwn { get; }

    public IReadOnlyList<string> PresentCross { get; }

    /// <summary>
    /// The step gives back the whole cache, with the new rows written into it: bound to the cache that it reads, it copies
    /// nothing. It then takes more than one token of one row only.
    /// </summary>
    public bool WritesInPlace => Step.Session.OutputMetadata[PresentOwn[0]].SymbolicDimensions[2] == CapacityDimension;

    public void Dispose()
    {
        Step.Dispose();
        CrossKv.Dispose();
    }

    private string[] Names(string stem, string side) =>
        [.. Enumerable.Range(0, Layers).SelectMany(layer => (string[])[$"{stem}.{layer}.{side}.key", $"{stem}.{layer}.{side}.value"])];

    private void Check()
    {
        Step.RequireInput(InputIds, 2, TensorElementType.Int64);
        Step.RequireInput(PastLengths, 1, TensorElementType.Int64);
        Step.RequireInput(EncoderLengths, 1, TensorElementType.Int64);
        Step.RequireOutput(Logits, 3, TensorElementType.Float);
        CrossKv.RequireInput(EncoderStates, 3, TensorElementType.Float);
        foreach (var name in PastOwn.Concat(PastCross))
        {
            Step.RequireInput(name, 4, TensorElementType.Float);
        }

        foreach (var name in PresentOwn)
        {
            Step.RequireOutput(name, 4, TensorElementType.Float);
        }

        foreach (var name in PresentCross)
        {
            CrossKv.RequireOutput(name, 4, TensorElementType.Float);
        }
    }
}
