using System.Text.Json.Nodes;
using Sensorium.Bench.Load;

namespace Sensorium.Bench.Faces;

/// <summary>What one face did in each round, with so many clients.</summary>
internal sealed class FaceResult(FaceCall call, int clients)
{
    private readonly List<Round> _rounds = [];

    public FaceCall Call => call;

    public int Clients => clients;

    public long Failed => _rounds.Sum(round => round.Failed);

    private double CpuMs => Median(round => round.CpuMs);

    private double P50Ms => Median(round => round.P50Ms);

    private double FirstMs => Median(round => round.FirstMs);

    public void Add(LoadResult load, double cpuSeconds) =>
        _rounds.Add(new Round(cpuSeconds * 1000 / load.Calls, load.LatencyMs(0.5), load.FirstTokenMs(0.5), load.Calls / load.Seconds, load.Failed));

    /// <summary>Over gRPC with as many clients; each the median of the ratios of a round. Named without a number at 16 clients.</summary>
    public IEnumerable<KeyValuePair<string, double>> Ratios(IReadOnlyList<FaceResult> all)
    {
        if (call.IsReference)
        {
            yield break;
        }

        var reference = all.Single(other => other.Clients == clients && other.Call.IsReference && other.Call.Task == call.Task);
        var suffix = clients == 1 ? "_1" : "";
        double Ratio(Func<Round, double> of) => Statistics.Median([.. _rounds.Zip(reference._rounds, (mine, others) => of(mine) / of(others))]);
        yield return KeyValuePair.Create($"{call.Key}{(call.Task == "chat" ? "_cpu" : "")}_vs_grpc{suffix}", Ratio(round => round.CpuMs));
        yield return KeyValuePair.Create($"{call.Key}_p50_vs_grpc{suffix}", Ratio(round => round.P50Ms));
        if (call.Task == "chat")
        {
            yield return KeyValuePair.Create($"{call.Key}_ttft_vs_grpc{suffix}", Ratio(round => round.FirstMs));
        }
    }

    public JsonNode ToJson() => new JsonObject
    {
        ["task"] = call.Task,
        ["face"] = call.Face,
        ["clients"] = clients,
        ["cpu_ms"] = Math.Round(CpuMs, 4),
        ["p50_ms"] = Math.Round(P50Ms, 3),
        ["first_token_ms"] = double.IsNaN(FirstMs) ? null : Math.Round(FirstMs, 3),
        ["calls_s"] = Math.Round(Median(round => round.Rate), 1),
        ["failed"] = Failed,
    };

    private double Median(Func<Round, double> of) => Statistics.Median([.. _rounds.Select(of)]);

    private sealed record Round(double CpuMs, double P50Ms, double FirstMs, double Rate, long Failed);
}
