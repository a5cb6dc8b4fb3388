using Microsoft.ML.OnnxRuntime;

namespace Sensorium.Onnx.Decoding;

/// <summary>Inputs and outputs of one shape of step, bound to memory once and run many times.</summary>
internal sealed class StepBinding : IDisposable
{
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _values = [];

    public StepBinding(InferenceSession session) => _binding = session.CreateIoBinding();

    public void Input(string name, OrtValue value)
    {
        _values.Add(value);
        _binding.BindInput(name, value);
    }

    public void Output(string name, OrtValue value)
    {
        _values.Add(value);
        _binding.BindOutput(name, value);
    }

    public void Run(InferenceSession session, RunOptions options) => session.RunWithBinding(options, _binding);

    public void Dispose()
    {
        _binding.Dispose();
        _values.ForEach(value => value.Dispose());
    }
}
