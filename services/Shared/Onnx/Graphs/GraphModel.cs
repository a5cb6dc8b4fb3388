using Microsoft.ML.OnnxRuntime;
using Sensorium.Core.Batching;
using Sensorium.Core.Errors;
using Sensorium.Core.Tensors;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Graphs;

/// <summary>A bare graph on ONNX Runtime.</summary>
internal sealed class GraphModel : IGraphModel
{
    private readonly OnnxSession _session;
    // What it fails on is told to the caller, and is no error of this process.
    private readonly RunOptions _run = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };

    // Null if it fails on numbers that say nothing.
    private readonly GraphInput? _sample;

    /// <param name="session">Owned from here on.</param>
    /// <param name="description">What its rows allow is checked here.</param>
    public GraphModel(OnnxSession session, GraphDescription description)
    {
        _session = session;
        Description = description;
        if (description.JoinsRows && !RowIndependence.Holds(description, inputs => Run(inputs)))
        {
            Description = description with { MaxBatchRows = 0, LimitsRequests = false };
        }

        _sample = FindSample();
    }

    public GraphDescription Description { get; }

    public IPreparedBatch<IReadOnlyList<Tensor>> Prepare(IReadOnlyList<GraphInput> inputs) => new PreparedBatch(this, inputs);

    /// <summary>A graph without a sample cannot be told to be broken: then it is what came in.</summary>
    public bool Probe()
    {
        if (_sample is not null)
        {
            Run([_sample]);
        }

        return true;
    }

    /// <summary>What it holds on another device it keeps until it is unloaded.</summary>
    public void Relieve()
    {
        if (_session.IsOnCpu)
        {
            OnnxMemoryRelief.ShrinkSharedArena();
        }
    }

    public void Dispose()
    {
        _run.Dispose();
        _session.Dispose();
    }

    private GraphInput? FindSample()
    {
        var sample = SampleRows.Make(Description, 1, seed: 0);
        try
        {
            Run([sample]);
            return sample;
        }
        catch (OnnxRuntimeException)
        {
            return null;
        }
    }

    private IReadOnlyList<IReadOnlyList<Tensor>> Run(IReadOnlyList<GraphInput> inputs)
    {
        OrtValue[] values = [.. Description.Inputs.Select((_, place) => TensorValues.Join([.. inputs.Select(input => input.Inputs[place])]))];
        try
        {
            return Run(inputs, values);
        }
        finally
        {
            Array.ForEach(values, value => value.Dispose());
        }
    }

    private IReadOnlyList<IReadOnlyList<Tensor>> Run(IReadOnlyList<GraphInput> inputs, OrtValue[] values)
    {
        var wanted = inputs[0].Outputs;
        using var outputs = _session.Session.Run(_run, [.. Description.Inputs.Select(port => port.Name)], values, wanted);
        long[] rows = inputs.Count == 1 ? [0] : [.. inputs.Select(input => input.Rows)];
        Tensor[][] split = [.. wanted.Select((name, place) => TensorValues.Split(name, outputs[place], rows))];
        return [.. inputs.Select((_, request) => split.Select(parts => parts[request]).ToArray())];
    }

    // What fails by itself, while what is known to be good does not, is wrong.
    private IReadOnlyList<IReadOnlyList<Tensor>> RunChecked(IReadOnlyList<GraphInput> inputs)
    {
        try
        {
            return Run(inputs);
        }
        catch (OnnxRuntimeException error) when (inputs.Count == 1)
        {
            Probe();
            throw SensoriumException.Invalid(ErrorReasons.InvalidTensor, $"Model '{Description.Model.Id}' fails on these tensors: {error.Message}", "inputs", error);
        }
    }

    private sealed class PreparedBatch(GraphModel model, IReadOnlyList<GraphInput> inputs) : IPreparedBatch<IReadOnlyList<Tensor>>
    {
        public IReadOnlyList<IReadOnlyList<Tensor>> Run() => model.RunChecked(inputs);

        public void Dispose()
        {
        }
    }
}
