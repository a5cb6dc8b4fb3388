namespace Sensorium.Onnx.Sessions;

/// <summary>The device that a service is configured for cannot be used.</summary>
public sealed class OnnxDeviceException(string device, string problem, Exception? innerException = null)
    : Exception($"Device '{device}' cannot be used: {problem}.", innerException)
{
    public string Device { get; } = device;
}
