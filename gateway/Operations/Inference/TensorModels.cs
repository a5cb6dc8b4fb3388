using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Models;
using Sensorium.Core.Models.Running;
using Sensorium.Core.Tensors;
using Sensorium.Gateway.Operations.Inference.Media;

namespace Sensorium.Gateway.Operations.Inference;

/// <summary>Finds what answers tensors: bare graphs, and every other model by what it does with media.</summary>
/// <param name="graphs">What serves bare graphs.</param>
/// <param name="known">All models.</param>
/// <param name="tasks">What can be done with media, in the order in which outputs are told.</param>
internal sealed class TensorModels(IGraphInference graphs, KnownModels known, IEnumerable<MediaTask> tasks)
{
    private const string GraphPlatform = "onnxruntime_onnx";
    private const string MediaPlatform = "sensorium";
    private const string OnlyVersion = "1";

    private readonly MediaTask[] _tasks = [.. tasks];

    /// <exception cref="SensoriumException">NOT_FOUND: there is no such model, or not of this version. FAILED_PRECONDITION: it does not answer now.</exception>
    public async Task<TensorModel> FindAsync(string name, string version, CancellationToken cancellationToken)
    {
        var model = await FindAsync(name, cancellationToken);
        return version.Length == 0 || version == model.Version
            ? model
            : throw new SensoriumException(
                ErrorCode.NotFound, ErrorReasons.ModelMismatch, $"Request for unknown model: '{name}' has no version '{version}'; it has '{model.Version}'.")
            { Field = "model_version" };
    }

    public static TensorModel Of(GraphDescription graph) =>
        new(graph.Model.Id, graph.Version, GraphPlatform, graph.Inputs, graph.Outputs, graph.MaxBatchRows) { Graph = graph };

    /// <summary>A model that does something with media.</summary>
    public TensorModel Of(ServedModel served)
    {
        MediaTask[] own = [.. _tasks.Where(task => served.Does(task.Task)).OrderBy(task => PlaceOf(served, task.Task))];
        return new TensorModel(
            served.Id,
            OnlyVersion,
            MediaPlatform,
            [.. own.SelectMany(task => task.InputsOf(served)).DistinctBy(port => port.Name)],
            [.. own.SelectMany(task => task.Outputs).DistinctBy(port => port.Name)],
            MaxBatchRows: 0)
        {
            Served = served,
            Tasks = own,
        };
    }

    private async Task<TensorModel> FindAsync(string name, CancellationToken cancellationToken)
    {
        var wanted = ModelSelector.Parse(name);
        if (await known.FindAsync(wanted, cancellationToken) is not { } model)
        {
            // The list may be that of a moment ago, or lack a service that does not answer, of which this is one.
            var served = await graphs.DescribeAsync(cancellationToken);
            return served.Models.FirstOrDefault(wanted.Matches) is { } graph ? Of(graph) : throw await MissingAsync(name, served, cancellationToken);
        }

        return await FindAsync(model, cancellationToken)
            ?? throw new SensoriumException(ErrorCode.FailedPrecondition, ErrorReasons.ModelNotServed, $"Model '{model.Id}' does not answer now: {ReasonOf(model)}.") { Field = "model_name" };
    }

    // What serves graphs is asked about graphs alone: all else answers where it is not there.
    private async Task<TensorModel?> FindAsync(ModelOverview model, CancellationToken cancellationToken)
    {
        if (!model.Parts.Any(part => part.Task == ModelTask.Infer))
        {
            return ServedModel.Of(model) is { } answering ? Of(answering) : null;
        }

        var served = await graphs.DescribeAsync(cancellationToken);
        return served.Models.FirstOrDefault(graph => graph.Model.Id == model.Id) is { } found ? Of(found) : null;
    }

    private async Task<SensoriumException> MissingAsync(string name, ServedModels<GraphDescription> served, CancellationToken cancellationToken)
    {
        var ids = (await known.ListAsync(cancellationToken)).Select(model => model.Id).Concat(served.Models.Select(graph => graph.Model.Id));
        return new SensoriumException(
            ErrorCode.NotFound, ErrorReasons.ModelMismatch, $"Request for unknown model: '{name}' is not found; there is: {ModelNames.List(ids)}.")
        { Field = "model_name" };
    }

    private static string ReasonOf(ModelOverview model) =>
        model.Parts.Select(part => part.Reason).Append(model.Reason).FirstOrDefault(reason => reason.Length > 0) ?? "it is not loaded";

    private static int PlaceOf(ServedModel served, ModelTask task) => served.Overview.Parts.Index().First(part => part.Item.Task == task).Index;
}
