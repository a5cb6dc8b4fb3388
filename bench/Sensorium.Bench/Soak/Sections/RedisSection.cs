using System.Diagnostics;
using Grpc.Core;
using Sensorium.Bench.Load;
using Sensorium.Bench.Soak.Hosts;
using Sensorium.Bench.Soak.Load;
using Sensorium.Testing.Shared.Redis;
using Sensorium.V1;

namespace Sensorium.Bench.Soak.Sections;

/// <summary>All that Redis may do wrong, under load: nothing fails, and answers are equal.</summary>
internal static class RedisSection
{
    private const int Callers = 8;
    private const int FailuresShown = 20;
    private const string Password = "hidden";
    private static readonly TimeSpan MostHealing = TimeSpan.FromSeconds(60);

    public static async Task<SoakResult> RunAsync(SoakOptions options)
    {
        await using var server = new RedisServer();
        await server.StartAsync();
        await using var proxy = new RedisProxy(server.Port);
        await using var deployment = await SoakDeployment.StartOneAsync(
            options, ("Sensorium__Cache__RedisConnection", proxy.Connection), ("Sensorium__Cache__MemoryBytes", "0"));
        var client = deployment.Connect();

        // Half of the calls ask Redis, half write to it.
        SoakQuestions[] questions = [await SoakQuestions.AskAsync(client, CachePolicy.ReadWrite), await SoakQuestions.AskAsync(client, CachePolicy.Refresh)];
        var states = new List<RedisState>();
        foreach (var (name, breakAsync, healAsync) in Faults(server, proxy))
        {
            await breakAsync();
            var state = new RedisState(name);
            await AskAsync(options, client, questions, state);
            await healAsync();
            state.Healed = await UntilSharedAsync(client);
            states.Add(state);
        }

        return Judge(options, states);
    }

    private static IEnumerable<(string Name, Func<Task> BreakAsync, Func<Task> HealAsync)> Faults(RedisServer server, RedisProxy proxy)
    {
        yield return ("well", () => Task.CompletedTask, () => Task.CompletedTask);
        yield return ("stopped", server.KillAsync, server.StartAsync);
        yield return ("hung", server.HangAsync, server.ResumeAsync);
        foreach (var fault in (RedisFault[])[RedisFault.Slow, RedisFault.Garbage, RedisFault.Silent, RedisFault.Closed])
        {
            yield return (fault == RedisFault.Slow ? "a second slow" : fault.ToString().ToLowerInvariant(), () => Set(fault), () => Set(RedisFault.None));
        }

        yield return (
            "full",
            () => server.CommandAsync("CONFIG SET maxmemory 1"),
            () => server.CommandAsync("CONFIG SET maxmemory 0"));
        yield return (
            "asks for a password",
            () => Reconnected(server.CommandAsync($"CONFIG SET requirepass {Password}")),
            () => Reconnected(server.CommandAsync("CONFIG SET requirepass \"\"", Password)));

        Task Set(RedisFault fault)
        {
            proxy.Set(fault);
            return Task.CompletedTask;
        }

        // A connection that stands is not asked again.
        async Task Reconnected(Task change)
        {
            await change;
            proxy.CloseAll();
        }
    }

    private static async Task AskAsync(SoakOptions options, SensoriumService.SensoriumServiceClient client, SoakQuestions[] questions, RedisState state)
    {
        var all = questions.SelectMany(some => some.All.Select(question => (Answers: some, Question: question))).ToArray();
        await Parallel.ForEachAsync(Enumerable.Range(0, options.RedisCalls), new ParallelOptions { MaxDegreeOfParallelism = Callers }, async (number, end) =>
        {
            var (answers, question) = all[number % all.Length];
            var clock = Stopwatch.StartNew();
            try
            {
                var answer = await question.AskAsync(client, end);
                state.Add(question.Name, clock.Elapsed, answers.IsRight(question, answer) ? null : "wrong");
            }
            catch (RpcException error)
            {
                state.Add(question.Name, clock.Elapsed, $"{error.StatusCode}: {error.Status.Detail}");
            }
        });
    }

    /// <summary>How long until an answer comes out of Redis again.</summary>
    private static async Task<TimeSpan> UntilSharedAsync(SensoriumService.SensoriumServiceClient client)
    {
        var clock = Stopwatch.StartNew();
        var request = new EmbedRequest { Items = { new V1.Media { Text = "is it back", Modality = Modality.Text } } };
        while ((await client.EmbedAsync(request)).Results[0].CacheStatus != CacheStatus.HitShared && clock.Elapsed < MostHealing)
        {
            await Task.Delay(50);
        }

        return clock.Elapsed;
    }

    private static SoakResult Judge(SoakOptions options, List<RedisState> states) => new(
        "redis",
        $"{options.RedisCalls} calls with each fault, from {Callers} callers; no cache in memory; half of them read from Redis, half write to it.",
        [.. states.Select(state => new SoakRow(
            state.Name,
            ("calls", state.Latencies.Count),
            ("failed", state.Failures.Count(failure => failure != "wrong")),
            ("median ms", Statistics.Median(state.Latencies)),
            ("slowest ms", state.Latencies.Max()),
            ("seconds until hits come again", state.Healed.TotalSeconds)))],
        [
            new("wrong answers", states.Sum(state => state.Failures.Count(failure => failure == "wrong")), 0),
            new("failed calls", states.Sum(state => state.Failures.Count(failure => failure != "wrong")), 0),
            new("seconds until hits come again, the slowest", states.Max(state => state.Healed.TotalSeconds), 10),
        ],
        [.. states.SelectMany(state => state.Failures.Select(failure => $"{state.Name}: {failure}")).Take(FailuresShown)]);

    private sealed record RedisState(string Name)
    {
        private readonly Lock _lock = new();

        public List<double> Latencies { get; } = [];

        public List<string> Failures { get; } = [];

        public TimeSpan Healed { get; set; }

        public void Add(string question, TimeSpan latency, string? failure)
        {
            lock (_lock)
            {
                Latencies.Add(latency.TotalMilliseconds);
                if (failure is not null)
                {
                    Failures.Add(failure == "wrong" ? failure : $"{question}: {failure}");
                }
            }
        }
    }
}
