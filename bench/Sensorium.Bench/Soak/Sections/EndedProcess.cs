using Sensorium.Bench.Soak.Hosts;
using Sensorium.Bench.Soak.Load;

namespace Sensorium.Bench.Soak.Sections;

/// <summary>One process that ended under load, and what became of the calls; times are those of the callers.</summary>
/// <param name="Service">Whose process it was.</param>
/// <param name="Ended">When it was ended.</param>
/// <param name="Ready">When it was ready again.</param>
internal sealed record EndedProcess(string Service, TimeSpan Ended, TimeSpan Ready)
{
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(2);

    /// <summary>Calls that may have been in it when it ended.</summary>
    public int UnderWay(IEnumerable<SoakCall> calls) => calls.Count(call => call.IsUnderWay(Ended) && Needs(call));

    /// <summary>Calls that it took with it.</summary>
    public int Lost(IEnumerable<SoakCall> calls) => calls.Count(call => call.IsFailed && call.IsUnderWay(Ended) && Needs(call));

    /// <summary>Calls that came while it was away, and were told so.</summary>
    public int Refused(IEnumerable<SoakCall> calls) => calls.Count(call => call.IsFailed && Needs(call) && IsRefusal(call));

    /// <summary>Failures that its end does not excuse.</summary>
    public IEnumerable<SoakCall> Unexcused(IEnumerable<SoakCall> calls, TimeSpan until) => calls.Where(call =>
        call.IsFailed && call.Ended > Ended && call.Ended <= until
        && !(Needs(call) && call.Status == "Unavailable" && (call.IsUnderWay(Ended) || IsRefusal(call))));

    /// <summary>From the moment that it is ready to the first good answer of those that need it.</summary>
    public TimeSpan RecoveredAfter(IEnumerable<SoakCall> calls)
    {
        var good = calls.Where(call => call.IsGood && Needs(call) && call.Ended > Ready).Select(call => call.Ended - Ready);
        return good.DefaultIfEmpty(TimeSpan.MaxValue).Min();
    }

    /// <summary>From the moment that it is ready to the beginning of the last call that found it away.</summary>
    public TimeSpan RefusedFor(IEnumerable<SoakCall> calls) =>
        calls.Where(call => call.IsFailed && Needs(call) && IsRefusal(call) && call.Started > Ready).Select(call => call.Started - Ready).DefaultIfEmpty().Max();

    private bool Needs(SoakCall call) => Service == SoakDeployment.Gateway || call.Question.Needs.Contains(Service);

    private bool IsRefusal(SoakCall call) => call.Started > Ended && call.Started <= Ready + Recovery;
}
