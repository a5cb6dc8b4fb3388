using System.Globalization;
using Sensorium.Bench.Processes;
using Sensorium.Core.Encoding;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Serving;

namespace Sensorium.Bench.Scale;

/// <summary>One vision service around a <see cref="SleepingEncoder"/>, as a process of its own on a loopback address of its own.</summary>
internal static class Replica
{
    public const int Port = 7102;

    /// <summary>What the process of a replica does.</summary>
    public static Task<int> ServeAsync(string address, string milliseconds)
    {
        string[] arguments =
        [
            "--Sensorium:Host:Address", address, "--Sensorium:Host:GrpcPort", $"{Port}", "--Sensorium:Host:HttpPort", $"{Port + 1000}",
            "--Sensorium:Host:DrainDelay", "00:00:06",
        ];
        var sleep = TimeSpan.FromMilliseconds(double.Parse(milliseconds, CultureInfo.InvariantCulture));
        return EncoderApplication.RunAsync(arguments, Modality.Image, builder =>
        {
            var encoder = new SleepingEncoder(sleep, address);
            builder.Services.AddEncoderHub(Modality.Image);
            builder.Services.AddHostedService(services => new Load(services, encoder));
        });
    }

    /// <summary>Starts one and returns when it is ready.</summary>
    public static async Task<ServerProcess> StartAsync(string address, int milliseconds, string logFile)
    {
        var cores = new CoreSet($"0-{Environment.ProcessorCount - 1}");
        var process = ServerProcess.Start(
            cores, logFile, new Dictionary<string, string>(), readOutput: false, "dotnet", BenchOptions.OwnAssembly, "replica", address, $"{milliseconds}");
        using var http = new HttpClient();
        await process.WaitUntilReadyAsync(
            async () => (await http.GetAsync(new Uri($"http://{address}:{Port + 1000}/health/ready"))).IsSuccessStatusCode, TimeSpan.FromMinutes(1));
        return process;
    }

    private sealed class Load(IServiceProvider services, SleepingEncoder encoder) : IHostedService
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            var hub = services.GetRequiredKeyedService<EncoderHub>(Modality.Image);
            var pipeline = encoder.CreatePipeline(services);
            await pipeline.WarmUpAsync();
            hub.Add(pipeline, isDefault: true);
            hub.MarkLoaded();
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
