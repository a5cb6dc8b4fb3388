using System.Globalization;
using System.Reflection;
using System.Text.Json;
using BenchmarkDotNet.Attributes;

namespace Sensorium.Bench.Micro;

/// <summary>
/// Bytes that each benchmark allocates, on all threads, against ceilings.json. Unlike time this is the same on every
/// machine, so that CI can hold it.
/// </summary>
internal static class AllocationCheck
{
    private const int WarmupCalls = 200;
    private const int Batches = 7;
    private const int CallsPerBatch = 50;

    /// <summary>What a new ceiling leaves above the measured value.</summary>
    private const double Slack = 1.1;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private static string CeilingsFile => Path.Combine(AppContext.BaseDirectory, "ceilings.json");

    public static int Compare()
    {
        var ceilings = JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllText(CeilingsFile))!;
        var measured = MeasureAll();
        var failures = 0;
        foreach (var (name, bytes) in measured)
        {
            var isKnown = ceilings.TryGetValue(name, out var ceiling);
            var verdict = !isKnown ? "has no ceiling" : bytes > ceiling ? "TOO MUCH" : "ok";
            failures += verdict == "ok" ? 0 : 1;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-50} {bytes,12} of {ceiling,12} bytes  {verdict}"));
        }

        foreach (var stale in ceilings.Keys.Except(measured.Keys))
        {
            failures++;
            Console.WriteLine($"{stale} has a ceiling but no benchmark");
        }

        return failures == 0 ? 0 : 1;
    }

    public static int Write()
    {
        var source = Environment.GetEnvironmentVariable("SENSORIUM_CEILINGS") ?? CeilingsFile;
        var ceilings = MeasureAll().ToDictionary(entry => entry.Key, entry => (long)(Math.Ceiling(entry.Value * Slack / 8) * 8));
        File.WriteAllText(source, JsonSerializer.Serialize(ceilings, Indented) + "\n");
        Console.WriteLine($"{ceilings.Count} ceilings written to {source}");
        return 0;
    }

    private static SortedDictionary<string, long> MeasureAll()
    {
        var measured = new SortedDictionary<string, long>(StringComparer.Ordinal);
        foreach (var type in typeof(AllocationCheck).Assembly.GetTypes().Where(type => !type.IsAbstract && BenchmarksOf(type).Any()))
        {
            var instance = Activator.CreateInstance(type)!;
            Call<GlobalSetupAttribute>(type, instance);
            foreach (var method in BenchmarksOf(type))
            {
                measured[$"{type.Name}.{method.Name}"] = Measure(method, instance);
            }

            Call<GlobalCleanupAttribute>(type, instance);
        }

        return measured;
    }

    /// <summary>The least of several batches: what else the runtime allocates meanwhile only adds.</summary>
    private static long Measure(MethodInfo method, object instance)
    {
        var call = method.ReturnType == typeof(Task)
            ? method.CreateDelegate<Func<Task>>(instance) is var start ? () => start().GetAwaiter().GetResult() : null!
            : method.CreateDelegate<Action>(instance);
        for (var i = 0; i < WarmupCalls; i++)
        {
            call();
        }

        return Enumerable.Range(0, Batches).Min(_ => Batch(call)) / CallsPerBatch;
    }

    private static long Batch(Action call)
    {
        var before = GC.GetTotalAllocatedBytes(precise: true);
        for (var i = 0; i < CallsPerBatch; i++)
        {
            call();
        }

        return GC.GetTotalAllocatedBytes(precise: true) - before;
    }

    private static IEnumerable<MethodInfo> BenchmarksOf(Type type) =>
        type.GetMethods().Where(method => method.GetCustomAttribute<BenchmarkAttribute>() is not null);

    private static void Call<TAttribute>(Type type, object instance)
        where TAttribute : Attribute =>
        type.GetMethods().FirstOrDefault(method => method.GetCustomAttribute<TAttribute>() is not null)?.Invoke(instance, null);
}
