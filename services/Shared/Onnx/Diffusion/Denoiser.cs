using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Packs;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Diffusion;

/// <summary>The graph that says what is noise in latents.</summary>
internal sealed class Denoiser : IDisposable
{
    internal const string Sample = "sample";

    private const string Timestep = "timestep";
    private const string Text = "encoder_hidden_states";
    private const string Condition = "timestep_cond";

    private readonly DiffusionGraph _graph;
    private readonly TensorSpec _sample;
    private readonly TensorSpec _timestep;
    private readonly TensorSpec _text;
    private readonly TensorSpec? _condition;
    private readonly TensorSpec _output;
    private readonly bool _runsRowsAlone;

    /// <param name="runsRowsAlone">A row's answer depends on its company.</param>
    public Denoiser(OnnxSession session, bool runsRowsAlone)
    {
        _graph = new DiffusionGraph(session);
        _graph.RequireOnly(Sample, Timestep, Text, Condition);
        _sample = session.RequireInput(Sample, 4, TensorElementType.Float, TensorElementType.Float16);
        _timestep = session.Inputs.TryGetValue(Timestep, out var scalar) && scalar.Rank == 0 ? scalar : session.RequireInput(Timestep, 1);
        _text = session.RequireInput(Text, 3, TensorElementType.Float, TensorElementType.Float16);
        _condition = session.Inputs.ContainsKey(Condition) ? session.RequireInput(Condition, 2, TensorElementType.Float, TensorElementType.Float16) : null;
        _output = _graph.Output("out_sample", 4);
        _runsRowsAlone = runsRowsAlone;
    }

    /// <summary>The strength of guidance is an input.</summary>
    public bool ReadsGuidance => _condition is not null;

    /// <summary>Rows of one run may be at different timesteps. Found out by <see cref="Probe"/>.</summary>
    public bool JoinsTimesteps { get; private set; }

    /// <summary>Null where the graph takes any.</summary>
    public LatentSize? OnlySize => _sample.Dimensions[2] > 0 && _sample.Dimensions[3] > 0 ? new LatentSize(_sample.Dimensions[3], _sample.Dimensions[2]) : null;

    /// <summary>Runs two rows at different timesteps, and each by itself: only where they agree may rows at different steps share a run.</summary>
    public void Probe(DenoiseRow early, DenoiseRow late, LatentSize size)
    {
        float[][] alone = [Run([early], size)[0], Run([late], size)[0]];
        if (_runsRowsAlone || _timestep.Rank == 0 || _timestep.Dimensions[0] > 0)
        {
            return;
        }

        try
        {
            JoinsTimesteps = true;
            var joined = Run([early, late], size);
            JoinsTimesteps = Agree(alone[0], joined[0]) && Agree(alone[1], joined[1]);
        }
        catch (OnnxRuntimeException)
        {
            JoinsTimesteps = false;
        }
    }

    public float[][] Predict(IReadOnlyList<DenoiseRow> rows, LatentSize size) =>
        _runsRowsAlone ? [.. rows.Select(row => Run([row], size)[0])] : Run(rows, size);

    public void Dispose() => _graph.Dispose();

    private float[][] Run(IReadOnlyList<DenoiseRow> rows, LatentSize size)
    {
        var (length, tokens) = (rows[0].Latents.Length, TokensOf(rows[0].Text));
        var inputs = new Dictionary<string, OrtValue>
        {
            [Sample] = DiffusionGraph.Join(_sample, [.. rows.Select(row => row.Latents)], rows.Count, length / (size.Width * size.Height), size.Height, size.Width),
            [Timestep] = TimestepsOf(rows),
            [Text] = DiffusionGraph.Join(_text, [.. rows.Select(row => row.Text)], rows.Count, tokens, rows[0].Text.Length / tokens),
        };
        if (_condition is not null)
        {
            var width = _condition.Dimensions[1];
            inputs.Add(Condition, DiffusionGraph.Join(_condition, [.. rows.Select(row => (ReadOnlyMemory<float>)GuidanceVector.Of(row.Guidance, width))], rows.Count, width));
        }

        var (values, shape) = _graph.Run(inputs, _output);
        return values.Length == length * rows.Count
            ? [.. values.Chunk(length)]
            : throw new InvalidOperationException($"output '{_output.Name}' has the shape [{string.Join(", ", shape)}] for {rows.Count} rows of {length} numbers");
    }

    private OrtValue TimestepsOf(IReadOnlyList<DenoiseRow> rows) => _timestep.Rank == 0
        ? DiffusionGraph.Numbers(_timestep, [rows[0].Timestep])
        : JoinsTimesteps
            ? DiffusionGraph.Numbers(_timestep, [.. rows.Select(row => row.Timestep)], rows.Count)
            : DiffusionGraph.Numbers(_timestep, [rows[0].Timestep], 1);

    private int TokensOf(ReadOnlyMemory<float> text) => _text.Dimensions[2] is > 0 and var width && text.Length % width == 0
        ? text.Length / width
        : throw new ModelPackException(_graph.Session.File.Path, [$"the denoiser reads {_text}, and the text encoder gives {text.Length} numbers"]);

    private static bool Agree(float[] one, float[] other)
    {
        var largest = one.Max(Math.Abs);
        return one.Zip(other).All(pair => Math.Abs(pair.First - pair.Second) <= 1e-3f * Math.Max(largest, 1e-3f));
    }
}
