using Sensorium.Bench.Load;
using Sensorium.Bench.Soak.Hosts;
using Sensorium.Bench.Soak.Load;
using Sensorium.Bench.Soak.Slow;
using Sensorium.Testing.Shared.Media;
using Sensorium.V1;

namespace Sensorium.Bench.Soak.Sections;

/// <summary>Callers who do not read what they asked for, and callers who are gone, beside callers who behave.</summary>
internal static class SlowSection
{
    private const int Others = 4;
    private const int Rounds = 5;
    private const double MostShare = 1.1;
    private const double P99 = 0.99;
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3);

    public static async Task<SoakResult> RunAsync(SoakOptions options)
    {
        await using var deployment = await SoakDeployment.StartOneAsync(options);
        var client = deployment.Connect();
        var questions = await SoakQuestions.AskAsync(client);
        var (quiet, stuck, vanished) = (new List<double>(), new List<double>(), new List<double>());
        await using var callers = new SoakCallers(client, questions, Others);
        await Task.Delay(Settling);
        for (var round = 0; round < Rounds; round++)
        {
            quiet.Add(await MeasureAsync(callers));
            var readers = await AskAsync(options, deployment);
            await Task.Delay(Settling);
            stuck.Add(await MeasureAsync(callers));
            readers.ForEach(reader => reader.Vanish());
            await Task.Delay(Settling);
            quiet.Add(await MeasureAsync(callers));

            // These go while they are answered.
            (await AskAsync(options, deployment)).ForEach(reader => reader.Vanish());
            vanished.Add(await MeasureAsync(callers));
        }

        await callers.EndAsync();
        return await JudgeAsync(options, deployment, [.. callers.Calls], Statistics.Median(quiet), Statistics.Median(stuck), Statistics.Median(vanished));
    }

    private static async Task<List<StuckReader>> AskAsync(SoakOptions options, SoakDeployment deployment)
    {
        var picture = FormatSample.Make("jpg")[0].Bytes;
        var request = new CaptionRequest { Media = { SoakQuestion.Bytes(picture) } };
        var readers = new List<StuckReader>();
        for (var i = 0; i < options.Clients; i++)
        {
            readers.Add(await StuckReader.CallAsync(new Uri(deployment.Hosts[0].Address), "/sensorium.v1.SensoriumService/Caption", request));
        }

        return readers;
    }

    private static async Task<double> MeasureAsync(SoakCallers callers)
    {
        var from = callers.Now;
        await Task.Delay(Window);
        return Statistics.Quantile([.. callers.Calls.Where(call => call.Started >= from).Select(call => (call.Ended - call.Started).TotalMilliseconds)], P99);
    }

    private static async Task<SoakResult> JudgeAsync(SoakOptions options, SoakDeployment deployment, SoakCall[] calls, double quiet, double stuck, double vanished)
    {
        await Task.Delay(Settling);
        var left = await deployment.Hosts[0].MetricAsync("sensorium_host_calls_active");
        return new SoakResult(
            "slow",
            $"{options.Clients} captions whose callers never take a byte (their HTTP/2 windows are 0), and {options.Clients} whose callers reset their connections; {Others} other callers; medians of {Rounds} windows of {Window.TotalSeconds} s.",
            [
                new("nobody else", ("p99 of the others, ms", quiet)),
                new("slow readers", ("p99 of the others, ms", stuck)),
                new("vanished callers", ("p99 of the others, ms", vanished)),
            ],
            [
                new("failed or wrong calls of the others", calls.Count(call => !call.IsGood), 0),
                new("p99 beside slow readers, over that without", stuck / quiet, MostShare),
                new("p99 after callers vanished, over that without", vanished / quiet, MostShare),
                new("calls under way when all have gone", left, 0),
            ],
            [.. calls.Where(call => !call.IsGood).Take(Rounds).Select(call => $"{call.Question.Name}: {call.Error ?? "wrong"}")]);
    }
}
