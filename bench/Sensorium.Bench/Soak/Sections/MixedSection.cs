using System.Diagnostics;
using Grpc.Core;
using Sensorium.Bench.Load;
using Sensorium.Bench.Soak.Hosts;
using Sensorium.Bench.Soak.Load;
using Sensorium.Testing.Shared.Media;
using Sensorium.Testing.Shared.Redis;
using Sensorium.V1;

namespace Sensorium.Bench.Soak.Sections;

/// <summary>Everything at once for a long time: does anything grow?</summary>
internal static class MixedSection
{
    private const int Callers = 4;
    private const int Blocks = 10;
    private const double MostMegabytesPerMinute = 1;
    private const int MostHandles = 20;
    private const int FailuresShown = 20;

    // Filled early, so that it does not look like a leak.
    private const string CacheBytes = "33554432";

    public static async Task<SoakResult> RunAsync(SoakOptions options)
    {
        await using var redis = new RedisServer();
        await redis.StartAsync();
        await using var deployment = await SoakDeployment.StartManyAsync(
            options, replicas: 1, ("Sensorium__Cache__RedisConnection", redis.Connection), ("Sensorium__Cache__MemoryBytes", CacheBytes));
        var client = deployment.Connect();
        var questions = await SoakQuestions.AskAsync(client);
        var known = await SoakQuestions.AskAsync(client, CachePolicy.ReadWrite);
        var watch = deployment.Hosts.Select(host => new HostWatch(host)).ToList();
        await using var callers = new SoakCallers(client, questions, Callers);
        await using var hits = new SoakCallers(client, known, 1);
        using var end = new CancellationTokenSource(options.Mixed);
        var others = new MixedOthers(client, options.Seed);
        await Task.WhenAll(others.RunAsync(end.Token), WatchAsync(watch, options.Mixed));
        await callers.EndAsync();
        await hits.EndAsync();
        return Judge(options, watch, [.. callers.Calls, .. hits.Calls], others, deployment.MediaProcesses);
    }

    private static async Task WatchAsync(List<HostWatch> watch, TimeSpan length)
    {
        for (var clock = Stopwatch.StartNew(); clock.Elapsed < length;)
        {
            watch.ForEach(host => host.Measure(clock.Elapsed));
            await Task.Delay(TimeSpan.FromSeconds(2));
        }
    }

    private static SoakResult Judge(SoakOptions options, List<HostWatch> watch, SoakCall[] calls, MixedOthers others, int children)
    {
        var bad = calls.Where(call => !call.IsGood).ToList();
        return new SoakResult(
            "mixed",
            $"{options.Mixed.TotalMinutes:0} minutes, six processes and Redis: {calls.Length:N0} calls whose answers are known, and {others.Sent:N0} others: new and damaged media, callers who go, questions that cannot be answered. Memory is each process's own (RssAnon); slopes are those after the first third.",
            [.. watch.Select(host => host.ToRow(Blocks))],
            [
                new("failed or wrong calls", bad.Count, 0),
                new("answers INTERNAL or UNKNOWN to the others", others.Faults.Count, 0),
                new("MiB a minute, the steepest of the processes", watch.Max(host => host.Slope(Blocks)), MostMegabytesPerMinute),
                new("handles at the end over those after a third, the most", watch.Max(host => host.HandlesGained), MostHandles),
                new("processes of ffmpeg left", children, 0),
            ],
            [.. bad.Take(FailuresShown).Select(call => $"{call.Question.Name} at {call.Started}: {call.Error ?? "wrong"}"), .. others.Faults.Take(FailuresShown)]);
    }
}
