using Sensorium.Bench.Load;
using Sensorium.Bench.Soak.Hosts;
using Sensorium.Bench.Soak.Load;

namespace Sensorium.Bench.Soak.Sections;

/// <summary>Each process of a deployment of six is killed in turn under load, and started again.</summary>
internal static class KillSection
{
    private const int AnswersBetween = 100;
    private const int FailuresShown = 20;

    public static async Task<SoakResult> RunAsync(SoakOptions options)
    {
        await using var deployment = await SoakDeployment.StartManyAsync(options, replicas: 1);
        var client = deployment.Connect();
        var questions = await SoakQuestions.AskAsync(client);
        var ended = new List<EndedProcess>();
        await using var callers = new SoakCallers(client, questions, options.Streams);
        var until = new List<TimeSpan>();
        for (var round = 0; round < options.Kills; round++)
        {
            foreach (var host in deployment.Hosts)
            {
                await callers.UntilAnsweredAsync(AnswersBetween);
                ended.Add(await KillAsync(host, callers));
                await callers.UntilAnsweredAsync(AnswersBetween);
                until.Add(callers.Now);
            }
        }

        await callers.EndAsync();
        return Judge(options, ended, until, [.. callers.Calls], deployment.MediaProcesses);
    }

    private static async Task<EndedProcess> KillAsync(SoakHost host, SoakCallers callers)
    {
        var moment = callers.Now;
        await host.KillAsync();
        await host.StartAsync();
        return new EndedProcess(host.Name, moment, callers.Now);
    }

    private static SoakResult Judge(SoakOptions options, List<EndedProcess> ended, List<TimeSpan> until, SoakCall[] calls, int orphans)
    {
        var unexcused = ended.Zip(until).SelectMany(one => one.First.Unexcused(calls, one.Second)).ToList();
        var rows = ended.GroupBy(one => one.Service).Select(group => new SoakRow(
            group.Key,
            ("kills", group.Count()),
            ("under way there", group.Sum(one => one.UnderWay(calls))),
            ("lost", group.Sum(one => one.Lost(calls))),
            ("refused while away", group.Sum(one => one.Refused(calls))),
            ("away, seconds", group.Average(one => (one.Ready - one.Ended).TotalSeconds)),
            ("refused after ready, seconds", group.Max(one => one.RefusedFor(calls).TotalSeconds)),
            ("first answer after ready, median seconds", Statistics.Median([.. group.Select(one => one.RecoveredAfter(calls).TotalSeconds)])),
            ("slowest, seconds", group.Max(one => one.RecoveredAfter(calls).TotalSeconds))));
        return new SoakResult(
            "kill",
            $"{options.Streams} callers; each of {SoakDeployment.Services.Count + 1} processes is ended with SIGKILL {options.Kills} times and started again; {calls.Length:N0} calls.",
            [.. rows],
            [
                new("wrong answers", calls.Count(call => call.IsWrong), 0),
                new("failed calls that neither the end nor the two seconds after the start explain", unexcused.Count, 0),
                new("seconds from ready to the first good answer, the slowest", ended.Max(one => one.RecoveredAfter(calls).TotalSeconds), 2),
                new("processes of ffmpeg left", orphans, 0),
            ],
            [.. unexcused.Take(FailuresShown).Select(call => $"{call.Question.Name} from {call.Started} to {call.Ended}: {call.Error}"),
                .. calls.Where(call => call.IsWrong).Take(FailuresShown).Select(call => $"wrong: {call.Question.Name} at {call.Started}"),
                .. unexcused.Count == 0 ? [] : ended.Select(one => $"{one.Service} was away from {one.Ended} to {one.Ready}")]);
    }
}
