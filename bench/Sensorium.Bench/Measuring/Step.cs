namespace Sensorium.Bench.Measuring;

/// <summary>One contender under one load, measured once per round.</summary>
internal sealed record Step(string Name, Func<Task<Sample>> RunAsync);
