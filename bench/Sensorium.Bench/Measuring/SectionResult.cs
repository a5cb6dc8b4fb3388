namespace Sensorium.Bench.Measuring;

/// <summary>The valid rounds of a section; the void ones are only counted, with their reasons.</summary>
internal sealed record SectionResult(
    string Name,
    IReadOnlyList<IReadOnlyDictionary<string, Sample>> Rounds,
    IReadOnlyList<string> VoidRounds,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Ratios);
