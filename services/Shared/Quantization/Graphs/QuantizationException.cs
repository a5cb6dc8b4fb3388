namespace Sensorium.Quantization.Graphs;

/// <summary>Why a graph cannot be quantised.</summary>
public sealed class QuantizationException(string message, Exception? inner = null) : Exception(message, inner);
