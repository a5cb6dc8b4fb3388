using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Gateway.Encoding;
using Sensorium.Gateway.Intake;
using Sensorium.Hosting.Hosts;
using Sensorium.Hosting.Settings;
using Sensorium.Media.Sources;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>What operations stand on, with encoders that a test scripts.</summary>
internal sealed class TestGateway : IDisposable
{
    private readonly ServiceProvider _services;

    public TestGateway()
    {
        var services = new ServiceCollection();
        foreach (var row in ModalityTable.All)
        {
            services.AddKeyedSingleton<IEncoder>(row.Modality, Encoders[row.Modality] = new FakeEncoder(row.Modality));
        }

        _services = services.BuildServiceProvider();
        Directory = new EncoderDirectory(_services);
        Embedder = new Embedder(Directory);
        Self = new ServedAddress(new NoServer(), Host);
        Intake = new MediaIntake(Media, Media, Media, Self, Callers, Host);
    }

    public IOptions<HostingOptions> Host { get; } = Options.Create(new HostingOptions { AdvertisedAddress = "self:1", MaxItems = 4, MaxInlineBytes = 100 });

    public FakeMedia Media { get; } = new();

    public Dictionary<Modality, FakeEncoder> Encoders { get; } = [];

    public FakeAnswerer Answerer { get; } = new();

    public FakeTranscriber Transcriber { get; } = new();

    public FakeImages Images { get; } = new();

    public FakeModels Models { get; } = new();

    public FakeGraphs Graphs { get; } = new();

    /// <summary>Keeps nothing.</summary>
    public IMediaStore Store { get; } = new NoStore();

    public ServedAddress Self { get; }

    public FakeCallers Callers { get; } = new();

    public MediaIntake Intake { get; }

    public EncoderDirectory Directory { get; }

    public Embedder Embedder { get; }

    public static EncodeBatch Template { get; } = new("r", []);

    public static MediaInput Text(string text, int index = 0) => MediaInput.OfText($"items[{index}]", text);

    public static MediaInput Picture(byte content, int index = 0, string field = "items") =>
        MediaInput.Read($"{field}[{index}]", "", () => new MediaItem("", new InlineSource(new[] { content })));

    public void Dispose() => _services.Dispose();

    private sealed class NoServer : IServer
    {
        public IFeatureCollection Features { get; } = new FeatureCollection();

        public void Dispose()
        {
        }

        public Task StartAsync<TContext>(IHttpApplication<TContext> application, CancellationToken cancellationToken)
            where TContext : notnull => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class NoStore : IMediaStore
    {
        public IMediaContent? TryOpen(string sha256, string? owner = null) => null;

        public StoredMedia? Keep(string sha256, string owner) => null;

        public IMediaUpload BeginUpload(long announcedBytes = 0, string? announcedSha256 = null, string? owner = null) => throw new NotSupportedException();
    }
}
