namespace Sensorium.Bench.Measuring;

/// <summary>
/// Runs the steps of a section one after another, round by round, until enough rounds are valid. A window that is void is
/// measured again at once, a few times; if it stays void, the round is void as a whole and is broken off.
/// </summary>
internal sealed class RoundRunner(BenchOptions options)
{
    private const int Attempts = 4;

    private readonly List<string> _voidWindows = [];

    public async Task<SectionResult> RunAsync(Section section)
    {
        _voidWindows.Clear();
        var rounds = new List<IReadOnlyDictionary<string, Sample>>();
        var voidRounds = 0;
        await WarmUpAsync(section);
        while (rounds.Count < (section.Rounds ?? options.Rounds) && rounds.Count + voidRounds < options.MaxRounds)
        {
            // Every other round runs backwards, so that a drift of the machine does not favour one contender.
            var steps = section.KeepsOrder || rounds.Count % 2 == 0 ? section.Steps : section.Steps.Reverse();
            if (await RunRoundAsync(section.Name, steps) is { } samples)
            {
                rounds.Add(samples);
            }
            else
            {
                voidRounds++;
            }
        }

        var ratios = section.Ratios.ToDictionary(
            ratio => ratio.Name,
            ratio => (IReadOnlyList<double>)[.. rounds.Select(ratio.Compute)]);
        return new SectionResult(section.Name, rounds, voidRounds, [.. _voidWindows], ratios);
    }

    // A round that is thrown away: compilers, pools and caches of all contenders warm up in it.
    private static async Task WarmUpAsync(Section section)
    {
        foreach (var step in section.WarmsUp ? section.Steps : [])
        {
            await step.RunAsync();
        }
    }

    private async Task<Dictionary<string, Sample>?> RunRoundAsync(string section, IEnumerable<Step> steps)
    {
        var samples = new Dictionary<string, Sample>();
        foreach (var step in steps)
        {
            if (await RunStepAsync(section, step) is not { } sample)
            {
                return null;
            }

            samples[step.Name] = sample;
        }

        return samples;
    }

    private async Task<Sample?> RunStepAsync(string section, Step step)
    {
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var sample = await step.RunAsync();
            Console.WriteLine($"{section}/{step.Name}: {string.Join(' ', sample.Figures.Select(figure => $"{figure.Key}={figure.Value:G4}"))}");
            if (sample.Void is not { } reason)
            {
                return sample;
            }

            _voidWindows.Add($"{step.Name}: {reason}");
            Console.WriteLine($"{section}/{step.Name}: void: {reason}");
        }

        return null;
    }
}
