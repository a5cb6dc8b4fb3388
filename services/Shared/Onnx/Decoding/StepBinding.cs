using Microsoft.ML.OnnxRuntime;
using Sensorium.Onnx.Sessions;

namespace Sensorium.Onnx.Decoding;

/// <summary>
/// Inputs and outputs of one shape of step, bound to main memory once and run many times. On the CPU a run reads that memory; to another
/// device ONNX Runtime copies an input when it is bound, so that it is bound anew for each run.
/// </summary>
internal sealed class StepBinding(OnnxSession session) : IDisposable
{
    private readonly OrtIoBinding _binding = session.Session.CreateIoBinding();
    private readonly List<(string Name, OrtValue Value)> _inputs = [];
    private readonly List<OrtValue> _outputs = [];

    public void Input(string name, OrtValue value)
    {
        _inputs.Add((name, value));
        _binding.BindInput(name, value);
    }

    public void Output(string name, OrtValue value)
    {
        _outputs.Add(value);
        _binding.BindOutput(name, value);
    }

    public void Run(RunOptions options)
    {
        if (!session.IsOnCpu)
        {
            _inputs.ForEach(input => _binding.BindInput(input.Name, input.Value));
        }

        session.Session.RunWithBinding(options, _binding);
    }

    public void Dispose()
    {
        _binding.Dispose();
        _inputs.ForEach(input => input.Value.Dispose());
        _outputs.ForEach(output => output.Dispose());
    }
}
