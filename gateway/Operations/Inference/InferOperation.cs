using System.Runtime.CompilerServices;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Tensors;
using Sensorium.Gateway.Operations.Inference.Media;

namespace Sensorium.Gateway.Operations.Inference;

/// <summary>Runs any model on tensors: bare graphs as they are, others by mapping their media.</summary>
internal sealed class InferOperation(TensorModels models, IGraphInference graphs, InferStatistics statistics, TimeProvider time)
{
    /// <summary>The whole answer at once.</summary>
    /// <exception cref="SensoriumException">The model is not there, or the tensors are not those that it takes.</exception>
    public async Task<InferAnswer> RunAsync(InferCall call, CancellationToken cancellationToken)
    {
        var (model, started) = (await FindAsync(call, cancellationToken), time.GetTimestamp());
        try
        {
            var timed = Timed(call);
            if (model.Graph is { } graph)
            {
                var result = await graphs.InferAsync(
                    new InferJob(call.RequestId, new ModelSelector(graph.Model.Id, null), call.Inputs, call.Outputs, timed.Deadline), cancellationToken);
                statistics.Succeeded(model.Id, graph.RowsOf(call.Inputs), time.GetElapsedTime(started), result.Timing);
                return Answer(model, call, result.Outputs);
            }

            var outputs = await TaskOf(model, call.Outputs).RunAsync(model.Served!, timed, cancellationToken);
            statistics.Succeeded(model.Id, call.Inputs.Count == 0 ? 1 : TensorShape.CountOf(call.Inputs[0].Shape) ?? 1, time.GetElapsedTime(started));
            return Answer(model, call, outputs);
        }
        catch (SensoriumException)
        {
            statistics.Failed(model.Id, time.GetElapsedTime(started));
            throw;
        }
    }

    /// <summary>Piece by piece where the model answers so, else the whole as one.</summary>
    /// <exception cref="SensoriumException">The model is not there, or the tensors are not those that it takes.</exception>
    public async IAsyncEnumerable<InferAnswer> StreamAsync(InferCall call, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var model = await FindAsync(call, cancellationToken);
        if (model.Graph is not null || TaskOf(model, call.Outputs) is not { IsPiecewise: true } task)
        {
            yield return await RunAsync(call, cancellationToken);
            yield break;
        }

        var started = time.GetTimestamp();
        await using var pieces = task.StreamAsync(model.Served!, Timed(call), cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await TryMoveAsync(pieces, model.Id, started))
        {
            yield return Answer(model, call, pieces.Current) with { IsFinal = false };
        }

        statistics.Succeeded(model.Id, 1, time.GetElapsedTime(started));
    }

    private async Task<TensorModel> FindAsync(InferCall call, CancellationToken cancellationToken)
    {
        call.Parameters.Check();
        var model = await models.FindAsync(call.Model, call.Version, cancellationToken);
        TopClasses.Check(model, call);
        return model;
    }

    private async ValueTask<bool> TryMoveAsync(IAsyncEnumerator<IReadOnlyList<Tensor>> pieces, string model, long started)
    {
        try
        {
            return await pieces.MoveNextAsync();
        }
        catch (SensoriumException)
        {
            statistics.Failed(model, time.GetElapsedTime(started));
            throw;
        }
    }

    private InferCall Timed(InferCall call)
    {
        var timeout = call.Parameters.Timeout is { } patience ? time.GetUtcNow() + patience : (DateTimeOffset?)null;
        return call with { Deadline = call.Deadline is { } deadline && !(timeout < deadline) ? deadline : timeout };
    }

    // The task that gives all that is wanted.
    private static MediaTask TaskOf(TensorModel model, IReadOnlyList<string> outputs) =>
        model.Tasks.FirstOrDefault(task => outputs.All(name => task.Outputs.Any(port => port.Name == name)))
        ?? throw SensoriumException.Invalid(
            ErrorReasons.InvalidTensor,
            $"Model '{model.Id}' does not give {string.Join(" and ", outputs.Select(name => $"'{name}'"))} in one request; it gives {string.Join("; or ", model.Tasks.Select(task => string.Join(" and ", task.Outputs)))}.",
            "outputs");

    private static InferAnswer Answer(TensorModel model, InferCall call, IReadOnlyList<Tensor> outputs)
    {
        var wanted = call.Outputs.Count == 0 ? outputs : call.Outputs.Select(name => outputs.First(output => output.Name == name));
        return new InferAnswer(model.Id, model.Version, [.. wanted.Select(output => call.Classes.TryGetValue(output.Name, out var count)
            ? TopClasses.Of(output, count, model.Graph?.JoinsRows ?? output.Shape.Count > 1, LabelsOf(output, outputs))
            : output)]);
    }

    // Models of media that classify have a label beside each score.
    private static Tensor? LabelsOf(Tensor output, IReadOnlyList<Tensor> outputs) =>
        outputs.FirstOrDefault(other => other is { Name: ClassifyTask.Label, Type: TensorType.Bytes } && other.Shape.SequenceEqual(output.Shape));
}
