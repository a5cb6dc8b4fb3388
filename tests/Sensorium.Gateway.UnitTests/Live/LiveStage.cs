using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.Operations.Live;
using Sensorium.Gateway.UnitTests.Fakes;
using Sensorium.Hosting.Policies.Draining;
using Sensorium.Hosting.Settings;
using Xunit;

namespace Sensorium.Gateway.UnitTests.Live;

/// <summary>Live streams with encoders that a test scripts, whose pictures are a byte each and whose words are vectors of two numbers.</summary>
internal sealed class LiveStage : IDisposable
{
    private readonly TestDecisions _decisions = new();
    private readonly ServiceProvider _meters = new ServiceCollection().AddMetrics().BuildServiceProvider();
    private readonly SemaphoreSlim _looked = new(0);

    public LiveStage(Action<LiveOptions>? configure = null)
    {
        var options = new LiveOptions
        {
            FrameSimilarity = 0.9,
            SoundSimilarity = 0.9,
            SoundWindow = TimeSpan.FromSeconds(2),
            SoundStep = TimeSpan.FromSeconds(0.5),
            IdleTimeout = TimeSpan.FromHours(1),
        };
        configure?.Invoke(options);
        Calls = new CallTracker(_meters.GetRequiredService<IMeterFactory>());
        var live = Options.Create(options);
        var wiring = new LiveWiring(
            Gateway.Embedder, Gateway.Directory, new TimelyEmbedder(Gateway.Embedder, Time, live), Gateway.Answerer, Gateway.Transcriber, _decisions.Decide, live);
        Operation = new LiveOperation(wiring, Calls, live, Options.Create(new HostingOptions()), Time);
        Gateway.Host.Value.MaxInlineBytes = 1 << 20;
        Gateway.Encoders[Modality.Text].Vector = _ => [0, 1];
        Gateway.Encoders[Modality.Image].Sees = item => Look(() => Picture(item));
        Gateway.Encoders[Modality.Audio].Sees = item => Look(() => Loud(item) ? [0, 1] : [1, 0]);
    }

    public TestGateway Gateway => _decisions.Gateway;

    public FakeTimeProvider Time { get; } = new();

    public CallTracker Calls { get; }

    public LiveOperation Operation { get; }

    /// <summary>What is done while something is embedded.</summary>
    public Action Meanwhile { get; set; } = () => { };

    /// <summary>All that was told so far.</summary>
    public ConcurrentQueue<LiveEvent> Told { get; } = new();

    public static LivePlan Plan { get; } = new(TestGateway.Template);

    public static WatchedWords Dog { get; } = new("dog", [], null, null);

    /// <summary>A frame of a bright scene fits the words of a test, one of a dark scene does not, and one of the byte 0 cannot be read.</summary>
    public static LiveFrame Bright(double seconds) => Frame(seconds, 255);

    public static LiveFrame Dark(double seconds) => Frame(seconds, 1);

    public static LiveFrame Broken(double seconds) => Frame(seconds, 0);

    public static LiveSound Sound(double seconds, double duration, short value)
    {
        var samples = new short[(int)(duration * 16_000)];
        Array.Fill(samples, value);
        return new LiveSound(TimeSpan.FromSeconds(seconds), System.Runtime.InteropServices.MemoryMarshal.AsBytes(samples.AsSpan()).ToArray());
    }

    /// <summary>Sends one after the other, each when the one before is being looked at, and answers all that is told.</summary>
    public Task<LiveEvent[]> RunAsync(LivePlan plan, params LiveInput[] inputs) => RunAsync(plan, PacedAsync(inputs));

    public async Task<LiveEvent[]> RunAsync(LivePlan plan, IAsyncEnumerable<LiveInput> inputs)
    {
        await foreach (var said in Operation.RunAsync(plan, inputs, TestContext.Current.CancellationToken))
        {
            Told.Enqueue(said);
        }

        return [.. Told];
    }

    /// <summary>Until something has been embedded since the last time.</summary>
    public Task LookedAsync() => _looked.WaitAsync(TestContext.Current.CancellationToken);

    public void Dispose()
    {
        _decisions.Dispose();
        _meters.Dispose();
        _looked.Dispose();
        Calls.Dispose();
    }

    private static LiveFrame Frame(double seconds, byte content) => new(TimeSpan.FromSeconds(seconds), new[] { content });

    private async IAsyncEnumerable<LiveInput> PacedAsync(LiveInput[] inputs, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var input in inputs)
        {
            yield return input;
            await _looked.WaitAsync(cancellationToken);
        }
    }

    private float[]? Look(Func<float[]?> look)
    {
        Meanwhile();
        _looked.Release();
        return look();
    }

    private static float[]? Picture(MediaItem item) => ((InlineSource)item.Source).Data.Span[0] switch
    {
        0 => null,
        255 => [0, 1],
        _ => [1, 0],
    };

    // The last sample of the file.
    private static bool Loud(MediaItem item)
    {
        var file = ((InlineSource)item.Source).Data.Span;
        return System.Buffers.Binary.BinaryPrimitives.ReadInt16LittleEndian(file[^2..]) > 1000;
    }
}
