using Sensorium.Bench.Contenders;
using Sensorium.Bench.Measuring;
using Sensorium.V1;

namespace Sensorium.Bench.Sections;

/// <summary>
/// What a cached embedding costs (the picture's bytes are sent each time), beside an encode and beside an echo of the same
/// bytes. A hit in memory does everything that a unary call does except decoding and encoding, so its CPU time is also the
/// service's overhead per call.
/// </summary>
internal sealed class CacheSection(Contestants contestants)
{
    private const int Clients = 16;

    public async Task<Section> CreateAsync()
    {
        var echo = await contestants.EchoAsync();
        var server = await contestants.SensoriumAsync();
        var (shared, redis) = await contestants.SensoriumWithRedisAsync();
        var pictures = contestants.Small.Pictures;
        Step Echo(int clients) => new($"echo_{clients}", () => contestants.Meter.ClosedLoopAsync(
            $"echo_{clients}", [echo.ProcessId], clients, client => echo.EchoAsync(client, pictures[client])));
        Step Hit(string name, SensoriumServer hitServer, int[] processes, int clients) => new($"{name}_{clients}", () =>
            contestants.Meter.ClosedLoopAsync(
                $"{name}_{clients}", processes, clients,
                client => hitServer.EmbedAsync(client, CachePolicy.Unspecified, pictures[client]),
                hitServer.EncodedPicturesAsync));
        int[] memoryProcesses = [server.ProcessId];
        int[] sharedProcesses = [shared.ProcessId, redis];
        return new Section(
            "cache",
            [
                Echo(1),
                Hit("memory", server, memoryProcesses, 1),
                Hit("redis", shared, sharedProcesses, 1),
                Echo(Clients),
                Hit("memory", server, memoryProcesses, Clients),
                Hit("redis", shared, sharedProcesses, Clients),
                new Step("encode_16", () => contestants.Meter.ClosedLoopAsync(
                    "encode_16", memoryProcesses, Clients,
                    client => server.EmbedAsync(client, CachePolicy.Unspecified, contestants.Small.Distinct()),
                    server.EncodedPicturesAsync)),
            ],
            [
                new Ratio("cached_cpu_gain", round => Cpu(round, "encode_16") / Cpu(round, "memory_16")),
                new Ratio("cached_cpu_gain_redis", round => Cpu(round, "encode_16") / Cpu(round, "redis_16")),
                new Ratio("cached_p50_vs_echo", round => P50(round, "memory_1") / P50(round, "echo_1")),
                new Ratio("cached_p50_vs_echo_redis", round => P50(round, "redis_1") / P50(round, "echo_1")),
                new Ratio("overhead_vs_echo", round => Cpu(round, "memory_16") / Cpu(round, "echo_16")),
            ]);
    }

    private static double Cpu(IReadOnlyDictionary<string, Sample> round, string step) => round[step][Sample.CpuPerItem];

    private static double P50(IReadOnlyDictionary<string, Sample> round, string step) => round[step][Sample.LatencyP50];
}
