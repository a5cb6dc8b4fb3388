using Sensorium.Bench.Soak.Hosts;
using Sensorium.Bench.Soak.Load;

namespace Sensorium.Bench.Soak.Sections;

/// <summary>One of two replicas of each service is asked to stop under load, and then killed.</summary>
internal static class TermSection
{
    private const int Replicas = 2;
    private const int AnswersBetween = 100;
    private const int FailuresShown = 20;

    public static async Task<SoakResult> RunAsync(SoakOptions options)
    {
        await using var deployment = await SoakDeployment.StartManyAsync(options, Replicas);
        var client = deployment.Connect();
        var questions = await SoakQuestions.AskAsync(client);
        await using var callers = new SoakCallers(client, questions, options.Streams);
        var asked = await EndEachAsync(options, deployment, callers, host => host.TerminateAsync());
        var killed = await EndEachAsync(options, deployment, callers, host => host.KillAsync());
        await callers.EndAsync();
        return Judge(options, asked, killed, [.. callers.Calls]);
    }

    private static async Task<List<EndedProcess>> EndEachAsync(SoakOptions options, SoakDeployment deployment, SoakCallers callers, Func<SoakHost, Task> endAsync)
    {
        var ended = new List<EndedProcess>();
        for (var round = 0; round < options.Kills; round++)
        {
            foreach (var service in SoakDeployment.Services.Append(SoakDeployment.Gateway))
            {
                var host = deployment.Of(service)[round % Replicas];
                await callers.UntilAnsweredAsync(AnswersBetween);
                var moment = callers.Now;
                await endAsync(host);
                await callers.UntilAnsweredAsync(AnswersBetween);
                await host.StartAsync();
                await callers.UntilAnsweredAsync(AnswersBetween);
                ended.Add(new EndedProcess(service, moment, callers.Now));
            }
        }

        return ended;
    }

    private static SoakResult Judge(SoakOptions options, List<EndedProcess> asked, List<EndedProcess> killed, SoakCall[] calls)
    {
        var begun = killed[0].Ended;
        var failedAsked = calls.Where(call => call.IsFailed && call.Ended < begun).ToList();
        var failedKilled = calls.Where(call => call.IsFailed && call.Ended >= begun).ToList();
        var excused = killed.Sum(one => one.Lost(calls));
        return new SoakResult(
            "term",
            $"{options.Streams} callers and {Replicas} replicas of each of {SoakDeployment.Services.Count + 1} services; one of a service is ended {options.Kills} times with SIGTERM, then {options.Kills} times with SIGKILL; {calls.Length:N0} calls.",
            [.. Rows("SIGTERM", asked, calls), .. Rows("SIGKILL", killed, calls)],
            [
                new("wrong answers", calls.Count(call => call.IsWrong), 0),
                new("failed calls where a replica was asked to stop", failedAsked.Count, 0),
                new("failed calls beyond those under way in a replica that was killed", failedKilled.Count - excused, 0),
            ],
            [.. failedAsked.Take(FailuresShown).Select(call => $"asked: {call.Question.Name} from {call.Started} to {call.Ended}: {call.Error}"),
                .. failedKilled.Take(FailuresShown).Select(call => $"killed: {call.Question.Name} from {call.Started} to {call.Ended}: {call.Error}"),
                .. asked.Concat(killed).Select(one => $"{one.Service} ended at {one.Ended}, whole again by {one.Ready}")]);
    }

    private static IEnumerable<SoakRow> Rows(string signal, IEnumerable<EndedProcess> ended, SoakCall[] calls) => ended.GroupBy(one => one.Service).Select(group => new SoakRow(
        $"{signal}, {group.Key}",
        ("ended", group.Count()),
        ("under way in either", group.Sum(one => one.UnderWay(calls))),
        ("lost", group.Sum(one => one.Lost(calls)))));
}
