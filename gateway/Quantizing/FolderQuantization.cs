using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Packs;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;
using Sensorium.Onnx.Quantizing;

namespace Sensorium.Gateway.Quantizing;

/// <summary>
/// Makes the variants of eight bits of a model folder. Its encoders run on the media as they would when they serve, so that every family's
/// graphs are calibrated on what they really get.
/// </summary>
internal sealed class FolderQuantization(
    IOptions<ModelsOptions> options,
    IEnumerable<IModelFamily> families,
    IEnumerable<IModelRunner> runners,
    EmbedOperation embed,
    GraphRecorder recorder)
{
    private readonly IModelFamily[] _families = [.. families];
    private readonly IModelRunner[] _runners = [.. runners];

    /// <exception cref="ModelPackException">The folder is no model.</exception>
    public async Task<FolderQuantized> RunAsync(QuantizeArguments arguments, CancellationToken cancellationToken)
    {
        var model = ModelCatalog.ReadFolder(arguments.Folder, options.Value, _families);
        if (model.Problem is { } problem)
        {
            throw new ModelPackException(arguments.Folder, [problem]);
        }

        var (used, skipped) = await RecordAsync(model, arguments, cancellationToken);
        QuantizedGraph[] graphs = [.. arguments.Methods.SelectMany(method => GraphsOf(model).Select(graph =>
            GraphQuantizer.Quantize(graph, method, recorder.RunsOf(graph.Path), TargetOf(graph, method, model, arguments), arguments.LeastCosine)))];
        PackListing.Add(model.Folder, graphs.Where(graph => graph.Problem is null).Select(graph => graph.Target));
        return new FolderQuantized(model.Id, used, skipped, graphs);
    }

    private async Task<(int Used, IReadOnlyList<string> Skipped)> RecordAsync(CatalogModel model, QuantizeArguments arguments, CancellationToken cancellationToken)
    {
        var (used, skipped) = (0, new List<string>());
        IModelRunner[] encoders = [.. _runners.Where(runner => runner.PartOf(model) is EncoderPart)];
        foreach (var runner in arguments.Media.Count > 0 ? encoders : [])
        {
            await runner.LoadAsync(model, cancellationToken);
        }

        // What warms a model up says nothing of media.
        recorder.Clear();
        foreach (var medium in CalibrationMedia.Read(arguments.Media))
        {
            if (await ProblemOfAsync(medium, model, cancellationToken) is { } problem)
            {
                skipped.Add($"{medium.Field}: {problem}");
            }
            else
            {
                used++;
            }
        }

        foreach (var runner in arguments.Media.Count > 0 ? encoders : [])
        {
            await runner.UnloadAsync(model);
        }

        return (used, skipped);
    }

    // A medium that the model has no part for, or that cannot be read, is not calibrated on.
    private async Task<string?> ProblemOfAsync(MediaInput medium, CatalogModel model, CancellationToken cancellationToken)
    {
        try
        {
            var batch = new EncodeBatch("", [], WithFeatures: true, Model: new ModelSelector(model.Id, null), Cache: CacheMode.Bypass);
            return (await embed.RunAsync([medium], batch, "media", cancellationToken)).Outcomes[0].Error?.Message;
        }
        catch (SensoriumException error)
        {
            return error.Message;
        }
    }

    private IEnumerable<ModelFile> GraphsOf(CatalogModel model) =>
        _runners.Select(runner => runner.PartOf(model)).OfType<PackPart>()
            .SelectMany(part => part.Graphs.Where(graph => part.VariantsOf(graph).Contains(ModelVariants.SinglePrecision))
                .Select(graph => part.GetGraph(graph, ModelVariants.SinglePrecision)))
            .DistinctBy(graph => graph.Path);

    private static string TargetOf(ModelFile graph, QuantizationMethod method, CatalogModel model, QuantizeArguments arguments)
    {
        var folder = Path.GetDirectoryName(graph.Path)!;
        var inModel = arguments.Target.Length == 0 ? folder : Path.Combine(arguments.Target, Path.GetRelativePath(model.Folder, folder));
        return Path.GetFullPath(Path.Combine(inModel, ModelVariants.FileName(graph.Graph, QuantizationMethods.VariantOf(method))));
    }
}

/// <param name="Media">That were calibrated on.</param>
/// <param name="Skipped">What was not, and why.</param>
internal sealed record FolderQuantized(string Model, int Media, IReadOnlyList<string> Skipped, IReadOnlyList<QuantizedGraph> Graphs);
