using System.Collections.Concurrent;
using System.Diagnostics;
using Grpc.Net.Client.Balancer;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Clients;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;

namespace Sensorium.Bench.Scale;

/// <summary>Callers in a closed loop, through the client that the gateway has. Counts answers by the replica that gave them.</summary>
internal sealed class ReplicaLoad : IAsyncDisposable
{
    private readonly ServiceProvider _services;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _callers;
    private int _failed;

    public ReplicaLoad(NameService names, int callers)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.Configuration["Sensorium:Services:Vision"] = $"http://vision.example:{Replica.Port}";
        builder.AddSensoriumDefaults(ServiceProfile.Gateway);
        builder.Services.AddSingleton<ResolverFactory>(names);
        builder.Services.AddRemoteEncoder(Modality.Image);
        _services = builder.Services.BuildServiceProvider();
        var encoder = _services.GetRequiredKeyedService<IEncoder>(Modality.Image);
        _callers = Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(() => CallAsync(encoder))));
    }

    public ConcurrentDictionary<string, int> Answers { get; } = new();

    public int Failed => _failed;

    public int Answered => Answers.Values.Sum();

    /// <summary>Answers per second over so long.</summary>
    public async Task<double> RateAsync(TimeSpan window)
    {
        var (clock, before) = (Stopwatch.StartNew(), Answered);
        await Task.Delay(window);
        return (Answered - before) / clock.Elapsed.TotalSeconds;
    }

    /// <summary>How long until the replica gives its first answer.</summary>
    public async Task<TimeSpan> UntilAnsweredByAsync(string replica)
    {
        var clock = Stopwatch.StartNew();
        while (!Answers.ContainsKey(replica))
        {
            await Task.Delay(20);
        }

        return clock.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _callers;
        await _services.DisposeAsync();
        _end.Dispose();
    }

    private async Task CallAsync(IEncoder encoder)
    {
        var batch = new EncodeBatch("scale", [new MediaItem("picture", new InlineSource(new byte[] { 1 }), Modality.Image)]);
        while (!_end.IsCancellationRequested)
        {
            try
            {
                var outcome = (await encoder.EncodeAsync(batch, CancellationToken.None))[0];
                Answers.AddOrUpdate(outcome.Encoded!.Model.Revision, 1, (_, count) => count + 1);
            }
            catch (SensoriumException)
            {
                Interlocked.Increment(ref _failed);
            }
        }
    }
}
