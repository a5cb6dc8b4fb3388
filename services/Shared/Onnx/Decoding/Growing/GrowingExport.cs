using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Models;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Families;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding.Growing;

/// <summary>The usual export of an encoder's decoder: one graph with a branch for each kind of step, or two graphs.</summary>
internal static class GrowingExport
{
    private const string Merged = "decoder_model_merged";
    private const string WithoutPast = "decoder_model";
    private const string WithPast = "decoder_with_past_model";

    /// <summary>Which graphs to take; null if they are not there.</summary>
    public static (string? First, string Step)? Find(ModelExport model)
    {
        if (model.HasGraph(Merged))
        {
            return (null, Merged);
        }

        return model.HasGraph(WithoutPast) && model.HasGraph(WithPast) ? (WithoutPast, WithPast) : null;
    }

    /// <summary>Throws <see cref="ModelPackException"/> if the graphs are not such an export.</summary>
    public static IDecoderBackend Create(DecoderBuild build)
    {
        var (part, options) = (build.Part, build.Options);
        var step = build.Load(part.GetStep(options.VariantOf(part.StepGraph)), options);
        var (first, embed, prompts) = (step, (TokenVectors?)null, (PromptEncoder?)null);
        try
        {
            first = part.FirstGraph is { } graph ? build.LoadGraph(graph) : step;
            embed = part.Prompt is { } read ? build.LoadVectors(read.Embed) : null;
            prompts = part.Prompt is null ? null : LoadPrompts(build, part.Prompt.Encoder);
            var graphs = new GrowingGraphs(part, first, step, embed);
            return new GrowingDecoder(graphs, build.Identify(step), build.RunsRowsApart(step) || build.RunsRowsApart(first), prompts);
        }
        catch
        {
            prompts?.Dispose();
            embed?.Dispose();
            first.Dispose();
            step.Dispose();
            throw;
        }
    }

    private static PromptEncoder LoadPrompts(DecoderBuild build, string graph)
    {
        var session = build.LoadGraph(graph);
        try
        {
            return new PromptEncoder(session);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }
}
