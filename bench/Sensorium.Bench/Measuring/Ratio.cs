namespace Sensorium.Bench.Measuring;

/// <summary>A figure of merit, computed within one round from the samples of its steps.</summary>
internal sealed record Ratio(string Name, Func<IReadOnlyDictionary<string, Sample>, double> Compute);
