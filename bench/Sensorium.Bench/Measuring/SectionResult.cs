namespace Sensorium.Bench.Measuring;

/// <summary>The valid rounds of a section; void windows and rounds are only counted, the windows with their reasons.</summary>
internal sealed record SectionResult(
    string Name,
    IReadOnlyList<IReadOnlyDictionary<string, Sample>> Rounds,
    int VoidRounds,
    IReadOnlyList<string> VoidWindows,
    IReadOnlyDictionary<string, IReadOnlyList<double>> Ratios);
