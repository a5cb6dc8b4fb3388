using System.Diagnostics;
using Grpc.Core;
using Sensorium.Bench.Soak.Hosts;
using Sensorium.Bench.Soak.Load;
using Sensorium.Testing.Shared.Media;
using Sensorium.V1;

namespace Sensorium.Bench.Soak.Sections;

/// <summary>Damaged media of every format.</summary>
internal static class MutateSection
{
    private const int Callers = 3;
    private const int Samples = 100;
    private const int FailuresShown = 30;
    private const double MostSeconds = 10;
    private const int Blocks = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    public static async Task<SoakResult> RunAsync(SoakOptions options)
    {
        // Descriptions of media are kept for a while; a cache that fills up would look like a leak.
        await using var deployment = await SoakDeployment.StartOneAsync(options, ("Sensorium__Cache__Enabled", "false"));
        var client = deployment.Connect();
        var (formats, mutator, tally) = (Weighted(FormatSample.Make()), new MediaMutator(options.Seed), new MutantTally());
        var host = deployment.Hosts[0];
        await Parallel.ForEachAsync(Enumerable.Range(0, options.Mutants), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (number, _) =>
        {
            if (number % Math.Max(1, options.Mutants / Samples) == 0)
            {
                tally.Measure(number, host.Megabytes);
            }

            var format = formats[number % formats.Length];
            var mutant = mutator.Mutate(format.Bytes, formats[(number * 7) % formats.Length].Bytes, number);
            await SendAsync(client, format, mutant, number, tally, options.WorkFolder);
        });
        var before = host.ProcessId;
        await client.StatusAsync(new StatusRequest());
        await UntilAsync(() => deployment.MediaProcesses == 0);
        return Judge(options, tally, deployment.MediaProcesses, crashed: !Directory.Exists($"/proc/{before}"));
    }

    private static async Task SendAsync(
        SensoriumService.SensoriumServiceClient client, FormatSample format, byte[] mutant, int number, MutantTally tally, string folder)
    {
        var clock = Stopwatch.StartNew();
        string outcome;
        try
        {
            // Every third is announced as what it was; the others must be recognised.
            var media = SoakQuestion.Bytes(mutant);
            media.Modality = number % 3 == 0 ? ModalityOf(format.Kind) : Modality.Unspecified;
            var result = (await client.EmbedAsync(new EmbedRequest { Items = { media } }, deadline: DateTime.UtcNow + Patience)).Results[0];
            outcome = result.Error is { } error ? $"{(StatusCode)error.Code} {error.Reason}: {error.Message}" : "";
        }
        catch (RpcException error)
        {
            outcome = $"{error.StatusCode} {error.Status.Detail}";
        }

        if (tally.Add(format, outcome, clock.Elapsed, number))
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, $"mutant-{number}.{format.Name}"), mutant);
        }
    }

    // ffmpeg is started a few times for each video: one in six is one.
    private static FormatSample[] Weighted(IReadOnlyList<FormatSample> formats)
    {
        var random = new Random(1);
        int Weight(FormatSample format) => format.Kind switch { "picture" => 9, "sound" => 3, _ => 1 };
        FormatSample[] all = [.. formats.SelectMany(format => Enumerable.Repeat(format, Weight(format)))];
        random.Shuffle(all);
        return all;
    }

    private static Modality ModalityOf(string kind) => kind switch { "picture" => Modality.Image, "sound" => Modality.Audio, _ => Modality.Video };

    private static async Task UntilAsync(Func<bool> condition)
    {
        for (var clock = Stopwatch.StartNew(); !condition() && clock.Elapsed < TimeSpan.FromSeconds(20);)
        {
            await Task.Delay(50);
        }
    }

    private static SoakResult Judge(SoakOptions options, MutantTally tally, int children, bool crashed)
    {
        var growth = tally.GrowthPerThousand(options.Mutants / 4, Blocks);
        return new SoakResult(
            "mutate",
            $"{options.Mutants:N0} damaged media, seed {options.Seed}, from {Callers} callers to one process; memory is its own (RssAnon), and its slope is that after the first quarter.",
            [.. tally.Rows()],
            [
                new("processes that ended", crashed ? 1 : 0, 0),
                new("answers INTERNAL or UNKNOWN", tally.Faults, 0),
                new("slowest answer, seconds", tally.Slowest, MostSeconds),
                new("processes of ffmpeg left", children, 0),
                new("MiB of growth per 1,000 media", growth, 1),
            ],
            [.. tally.Failures.Take(FailuresShown)]);
    }
}
