using System.Text.Json;
using System.Text.Json.Nodes;
using Sensorium.Bench.Reporting;

namespace Sensorium.Bench.Families;

/// <summary>One run over all families, and its report.</summary>
internal static class FamilyRun
{
    private const double MostDifference = 1e-4;
    private const double LeastForEncoders = 1.3;
    private const double LeastForDecoders = 3;
    private const double MostKept = 30;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task<int> ExecuteAsync(FamilyOptions options)
    {
        var started = DateTimeOffset.UtcNow;
        var questions = FamilyQuestion.ReadAll(options);
        if (questions.Count == 0)
        {
            await Console.Error.WriteLineAsync("no family is called so");
            return 2;
        }

        await using var server = await FamilyServer.StartAsync(options, Directory.EnumerateDirectories(Path.Combine(options.Work, "models")).Select(path => Path.GetFileName(path)));
        await using var peer = await FamilyPeer.StartAsync(options);
        var (meter, results, leftOut) = (new FamilyMeter(options, server, peer), new List<FamilyResult>(), new JsonObject());
        foreach (var question in questions)
        {
            await MeasureAsync(meter, question, results, leftOut);

            // Written after every model, so that a run that breaks off leaves what it has.
            Write(options, started, results, leftOut);
        }

        Print(results);
        return leftOut.Count == 0 ? 0 : 1;
    }

    private static async Task MeasureAsync(FamilyMeter meter, FamilyQuestion question, List<FamilyResult> results, JsonObject leftOut)
    {
        try
        {
            if (await meter.MeasureAsync(question) is { } result)
            {
                results.Add(result);
                Console.WriteLine($"{question.Family}/{question.Model}: {result.ToJson().ToJsonString()}");
                return;
            }

            leftOut[question.Model] = $"the answers of the task '{question.Task}' are of a kind that the benchmark cannot ask for";
        }
        catch (Exception error) when (error is InvalidOperationException or Grpc.Core.RpcException)
        {
            leftOut[question.Model] = error.Message;
        }

        Console.WriteLine($"{question.Family}/{question.Model}: left out: {leftOut[question.Model]}");
    }

    private static void Write(FamilyOptions options, DateTimeOffset started, List<FamilyResult> results, JsonObject leftOut)
    {
        if (options.JsonFile is not { } file)
        {
            return;
        }

        var report = new JsonObject
        {
            ["started"] = started.ToString("O"),
            ["machine"] = Machine.Describe(),
            ["protocol"] = new JsonObject
            {
                ["server_cores"] = options.ServerCores.ToString(),
                ["threads"] = options.Threads,
                ["window_s"] = options.Window.TotalSeconds,
                ["warmup_s"] = options.Warmup.TotalSeconds,
                ["settle_s"] = options.Settle.TotalSeconds,
            },
            ["families"] = new JsonObject([.. Families(results).Select(family => KeyValuePair.Create<string, JsonNode?>(family.Key, FamilyResult.OfFamily([.. family])))]),
            ["left_out"] = leftOut.DeepClone(),
        };
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        File.WriteAllText(file, report.ToJsonString(Indented) + "\n");
    }

    private static void Print(List<FamilyResult> results)
    {
        Console.WriteLine();
        Console.WriteLine($"{"family",-26} {"max_diff",10} {"vs_node_1",10} {"vs_node_16",10} {"kept_mb",8}  met");
        foreach (var family in Families(results))
        {
            var worst = FamilyResult.OfFamily([.. family]);
            double Of(string key) => worst[key]!.GetValue<double>();
            var least = family.First().IsDecoder ? LeastForDecoders : LeastForEncoders;
            var met = Of("max_diff") <= MostDifference && Of("vs_node_16") >= least && Of("unload_kept_mb") <= MostKept;
            Console.WriteLine($"{family.Key,-26} {Of("max_diff"),10:G3} {Of("vs_node_1"),10:F2} {Of("vs_node_16"),10:F2} {Of("unload_kept_mb"),8:F1}  {(met ? "yes" : "no")}");
        }
    }

    private static IEnumerable<IGrouping<string, FamilyResult>> Families(IEnumerable<FamilyResult> results) => results.GroupBy(result => result.Question.Family);
}
