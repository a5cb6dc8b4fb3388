using System.Diagnostics;
using System.Text.Json;
using Sensorium.Bench.Load;

namespace Sensorium.Bench.DecoderStep;

/// <summary>
/// Time of a decoding step at batch 1: the pack's and, in turns with it, a reference export's. Every other round runs
/// backwards, so that what else the machine does falls on both; the ratio is the median of the rounds' own ratios.
/// </summary>
internal static class StepTiming
{
    // Media of the reference: one picture of 128x128 in patches of 16.
    private const int ReferenceMediaTokens = 64;
    private const int StepsPerRound = 24;
    private const int WarmupRounds = 10;
    private const int Rounds = 200;

    /// <summary>Prints one line of JSON.</summary>
    public static int Run(string pack, string? referenceFile, int threads)
    {
        using var own = new PackDecoder(pack, threads);
        using var reference = referenceFile is null ? null : new GrowingDecoder(referenceFile, ReferenceMediaTokens, threads);
        var (ownTimes, referenceTimes) = Measure(own, reference);
        var figures = new Dictionary<string, double>
        {
            ["decode_ms"] = Statistics.Median(ownTimes),
            ["decode_threads"] = threads,
            ["decode_media_tokens"] = own.MediaTokens,
        };
        if (reference is not null)
        {
            figures["decode_ms_reference"] = Statistics.Median(referenceTimes);
            figures["decode_ratio"] = Statistics.Median([.. ownTimes.Zip(referenceTimes, (a, b) => a / b)]);
        }

        Console.WriteLine(JsonSerializer.Serialize(figures));
        return 0;
    }

    private static (List<double> Own, List<double> Reference) Measure(IStepDecoder own, IStepDecoder? reference)
    {
        List<double> ownTimes = [], referenceTimes = [];
        for (var round = -WarmupRounds; round < Rounds; round++)
        {
            (IStepDecoder Decoder, List<double> Times)[] turns =
                reference is null ? [(own, ownTimes)] : [(own, ownTimes), (reference, referenceTimes)];
            foreach (var (decoder, times) in round % 2 == 0 ? turns : turns.Reverse())
            {
                var start = Stopwatch.GetTimestamp();
                decoder.Decode(StepsPerRound);
                if (round >= 0)
                {
                    times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds / StepsPerRound);
                }
            }
        }

        return (ownTimes, referenceTimes);
    }
}
