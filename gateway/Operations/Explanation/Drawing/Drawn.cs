namespace Sensorium.Gateway.Operations.Explanation.Drawing;

/// <summary>An explanation to look at.</summary>
internal sealed record Drawn(ReadOnlyMemory<byte> Data, string MediaType);
