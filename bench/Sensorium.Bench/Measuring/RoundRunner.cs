namespace Sensorium.Bench.Measuring;

/// <summary>
/// Runs the steps of a section one after another, round by round, until enough rounds are valid. A round in which one
/// window is void is void as a whole, and is broken off.
/// </summary>
internal sealed class RoundRunner(BenchOptions options)
{
    public async Task<SectionResult> RunAsync(Section section)
    {
        var rounds = new List<IReadOnlyDictionary<string, Sample>>();
        var voids = new List<string>();

        // Thrown away: compilers, pools and caches of all contenders warm up in it.
        foreach (var step in section.Rounds is null ? section.Steps : [])
        {
            await step.RunAsync();
        }

        while (rounds.Count < (section.Rounds ?? options.Rounds) && rounds.Count + voids.Count < options.MaxRounds)
        {
            // Every other round runs backwards, so that a drift of the machine does not favour one contender.
            var steps = section.KeepsOrder || rounds.Count % 2 == 0 ? section.Steps : section.Steps.Reverse();
            var (samples, reason) = await RunRoundAsync(section.Name, steps);
            if (reason is null)
            {
                rounds.Add(samples);
            }
            else
            {
                voids.Add(reason);
                Console.WriteLine($"{section.Name}: round void: {reason}");
            }
        }

        var ratios = section.Ratios.ToDictionary(
            ratio => ratio.Name,
            ratio => (IReadOnlyList<double>)[.. rounds.Select(ratio.Compute)]);
        return new SectionResult(section.Name, rounds, voids, ratios);
    }

    private static async Task<(Dictionary<string, Sample> Samples, string? Void)> RunRoundAsync(string section, IEnumerable<Step> steps)
    {
        var samples = new Dictionary<string, Sample>();
        foreach (var step in steps)
        {
            var sample = await step.RunAsync();
            Console.WriteLine($"{section}/{step.Name}: {string.Join(' ', sample.Figures.Select(figure => $"{figure.Key}={figure.Value:G4}"))}");
            samples[step.Name] = sample;
            if (sample.Void is { } reason)
            {
                return (samples, $"{step.Name}: {reason}");
            }
        }

        return (samples, null);
    }
}
