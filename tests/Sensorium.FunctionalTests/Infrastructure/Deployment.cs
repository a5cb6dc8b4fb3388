using System.Globalization;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;
using Sensorium.Core.Packs;
using Xunit;

namespace Sensorium.FunctionalTests.Infrastructure;

/// <summary>Sensorium as it runs, in one process or in many. The same tests run against either.</summary>
public abstract class Deployment : IAsyncLifetime
{
    /// <summary>Small enough that a test can go past it.</summary>
    public const long MaxMediaBytes = 32L << 20;

    // A call that is never answered fails its own test, and no other.
    private static readonly TimeSpan CallTimeout = TimeSpan.FromMinutes(3);

    private readonly DirectoryInfo _collections = Directory.CreateTempSubdirectory("sensorium-collections-");
    private readonly Lazy<HttpClient> _http;

    protected Deployment() => _http = new Lazy<HttpClient>(() => new HttpClient(CreateHandler()) { Timeout = CallTimeout });

    public GrpcChannel Channel { get; private set; } = null!;

    public V1.SensoriumService.SensoriumServiceClient Client { get; private set; } = null!;

    /// <summary>What every process is configured with.</summary>
    protected Dictionary<string, string> CommonSettings => new()
    {
        ["Sensorium:Index:Folder"] = _collections.FullName,
        ["Sensorium:Media:Store:MaxMediaBytes"] = $"{MaxMediaBytes}",
        ["Sensorium:Media:Store:MaxTotalBytes"] = $"{8 * MaxMediaBytes}",

        // What these tests ask of a slow machine at once is not overload.
        ["Sensorium:Text:Encoder:MaxExpectedWait"] = "00:01:00",
        ["Sensorium:Vision:Encoder:MaxExpectedWait"] = "00:01:00",
        ["Sensorium:Audio:Encoder:MaxExpectedWait"] = "00:01:00",
        ["Sensorium:Video:Encoder:MaxExpectedWait"] = "00:01:00",
        ["Sensorium:Generation:MaxExpectedWait"] = "00:01:00",
        ["Sensorium:Graphs:MaxExpectedWait"] = "00:01:00",
        ["Sensorium:Live:MaxLateness"] = "00:01:00",

        // Vectors that do not depend on what the processor has.
        ["Sensorium:Text:Model:Variant"] = ModelVariants.SinglePrecision,
        ["Sensorium:Vision:Model:Variant"] = ModelVariants.SinglePrecision,
        ["Sensorium:Audio:Model:Variant"] = ModelVariants.SinglePrecision,
        ["Sensorium:Video:Model:Variant"] = ModelVariants.SinglePrecision,
    };

    /// <summary>The gateway's HTTP port.</summary>
    public Uri GatewayHttp => HttpOf("gateway");

    internal ErrorLog Errors { get; } = new();

    /// <summary>True if the services are processes of their own.</summary>
    public abstract bool Distributed { get; }

    public abstract ValueTask InitializeAsync();

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Channel?.Dispose();
        if (_http.IsValueCreated)
        {
            _http.Value.Dispose();
        }

        _collections.Delete(recursive: true);
        await ValueTask.CompletedTask;
    }

    /// <summary>Where a service's health and metrics are; "gateway", "vision", …</summary>
    protected abstract Uri HttpOf(string service);

    /// <summary>The whole page for Prometheus.</summary>
    public Task<string> MetricsAsync(string service) => _http.Value.GetStringAsync(new Uri(HttpOf(service), "/metrics"));

    /// <summary>Sum over all series of one metric, as Prometheus sees it; 0 if there is none.</summary>
    public async Task<double> MetricAsync(string service, string metric, string label = "")
    {
        return (await MetricsAsync(service)).Split('\n')
            .Where(line => line.StartsWith(metric + "{", StringComparison.Ordinal) || line.StartsWith(metric + " ", StringComparison.Ordinal))
            .Where(line => line.Contains(label, StringComparison.Ordinal))
            .Sum(line => double.Parse(ValueOf(line), CultureInfo.InvariantCulture));
    }

    /// <summary>Returns when the metric has the value.</summary>
    public async Task UntilMetricAsync(string service, string metric, Func<double, bool> condition, string label = "")
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!condition(await MetricAsync(service, metric, label)))
        {
            Assert.False(timeout.IsCancellationRequested, $"{metric} of {service} is {await MetricAsync(service, metric, label)}.");
        }
    }

    /// <summary>What connects to the processes; the window is that of decision 15.</summary>
    internal virtual SocketsHttpHandler CreateHandler() => new() { InitialHttp2StreamWindowSize = 16 << 20 };

    protected void Connect(string gatewayAddress)
    {
        Channel = GrpcChannel.ForAddress(gatewayAddress, new GrpcChannelOptions
        {
            MaxReceiveMessageSize = null,
            MaxSendMessageSize = null,

            HttpHandler = CreateHandler(),
            DisposeHttpClient = true,
        });
        Client = new V1.SensoriumService.SensoriumServiceClient(Channel.Intercept(new DefaultDeadline(CallTimeout)));
    }

    // "name{labels} value", sometimes with a timestamp behind it.
    private static string ValueOf(string line) =>
        line[(line.LastIndexOf('}') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries)[line.Contains('}', StringComparison.Ordinal) ? 0 : 1];
}
