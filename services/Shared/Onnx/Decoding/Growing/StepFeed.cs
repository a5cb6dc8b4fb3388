using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding.Growing;

/// <summary>Of decoders that look at media beside what they write.</summary>
internal sealed class StepFeed : GraphFeed
{
    public const string InputIds = "input_ids";
    public const string Vectors = "inputs_embeds";
    public const string EncoderStates = "encoder_hidden_states";
    public const string Logits = "logits";

    private static readonly string[] Masks = ["attention_mask", "decoder_attention_mask"];
    private static readonly string[] Known = [InputIds, Vectors, EncoderStates, UseCache, .. Masks, "encoder_attention_mask", PositionIds, CachePosition, LogitsToKeep];

    /// <param name="ids">[rows, tokens].</param>
    /// <param name="vectors">The same as vectors; null where the decoder reads tokens.</param>
    /// <param name="past">Tokens that all rows hold.</param>
    /// <param name="media">Encoder tokens of the rows, then their caches.</param>
    /// <param name="own">Null for a start.</param>
    public StepFeed(GrowingGraphs graphs, long[] ids, OrtValue? vectors, int rows, int past, CacheBlock media, CacheBlock? own)
    {
        var tokens = ids.Length / rows;
        var session = own is null ? graphs.First : graphs.Step;
        Session = session.Session;
        var encoded = media[0].GetTensorTypeAndShape().Shape[1];
        foreach (var spec in session.Inputs.Values)
        {
            Add(spec, spec.Name switch
            {
                InputIds => Longs(ids, rows, tokens),
                Vectors => vectors!,
                EncoderStates => media[0],
                UseCache => Flag(own is not null),
                "encoder_attention_mask" => Ones(rows, encoded),
                PositionIds => Range(past, tokens, rows),
                CachePosition => Longs(Places(past, tokens), tokens),
                LogitsToKeep => Longs([1]),
                _ when Masks.Contains(spec.Name) => Ones(rows, past + tokens),
                _ => Cache(graphs, spec, rows, media, own),
            });
        }
    }

    public InferenceSession Session { get; }

    /// <summary>Inputs that nothing here fills, caches left out.</summary>
    public static IEnumerable<TensorSpec> Unknown(OnnxSession session) => Unknown(session, Known);

    private OrtValue Cache(GrowingGraphs graphs, TensorSpec spec, int rows, CacheBlock media, CacheBlock? own)
    {
        if (own is null)
        {
            return EmptyCache(spec, rows);
        }

        var index = IndexOf(graphs.Own, spec);
        return index >= 0 ? own[index] : media[1 + IndexOf(graphs.Media, spec)];
    }

    private OrtValue Ones(long rows, long length)
    {
        var ones = new long[rows * length];
        Array.Fill(ones, 1);
        return Longs(ones, rows, length);
    }

    private OrtValue Range(int past, int tokens, int rows) =>
        Longs([.. Enumerable.Repeat(Places(past, tokens), rows).SelectMany(places => places)], rows, tokens);
}
