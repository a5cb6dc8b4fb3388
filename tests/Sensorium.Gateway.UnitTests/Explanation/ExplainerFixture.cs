using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations.Explanation;
using Sensorium.Gateway.Operations.Explanation.Parts;
using Sensorium.Gateway.Operations.Explanation.Scores;
using Sensorium.Gateway.UnitTests.Fakes;
using Sensorium.Media;
using Sensorium.Media.Ffmpeg;
using Sensorium.Media.Imaging;
using Sensorium.Media.Sound;
using Sensorium.Media.Sources;

namespace Sensorium.Gateway.UnitTests.Explanation;

/// <summary>The explainer over scripted encoders, with the decoders of the product.</summary>
public sealed class ExplainerFixture : IDisposable
{
    private readonly IHost _decoding;
    private readonly PreprocessingWorkers _workers = new();

    public ExplainerFixture()
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.AddSensoriumMedia();
        _decoding = builder.Build();
        Explainer = Create(Settings);
    }

    internal ExplainOptions Settings { get; } = new() { Grid = 5, MaxRuns = 100, RunsAtOnce = 8 };

    internal TestGateway Gateway { get; } = new();

    internal FakeProber Prober { get; } = new();

    internal MediumExplainer Explainer { get; }

    internal MediumWeigher Weigher { get; private set; } = null!;

    internal IImageDecoder Pictures => _decoding.Services.GetRequiredService<IImageDecoder>();

    internal static ExplainQuestion Question { get; } = new(new LabelSubject("", null!), 0, 0, false, TestGateway.Template);

    /// <summary>The first component of a vector is what is seen of something.</summary>
    internal static IMediumScore First { get; } = new SimilarityScore(new float[] { 1, 0 }, "space");

    internal static float[] Seen(double share) => [(float)share, (float)Math.Sqrt(1 - (share * share))];

    internal static ReceivedMedia Received(byte[] data, Modality modality) => new("m", "media[0]")
    {
        Item = new MediaItem("m", new InlineSource(data), modality),
        Content = new MemoryMediaContent(data),
    };

    internal static ReceivedMedia Words(string text) => new("m", "media[0]") { Item = new MediaItem("m", new TextSource(text), Modality.Text) };

    internal static ReadOnlyMemory<byte> Bytes(MediaItem item) => ((InlineSource)item.Source).Data;

    internal MediumExplainer Create(ExplainOptions settings)
    {
        var options = Options.Create(settings);
        IMediumDivider[] dividers =
        [
            new PictureDivider(Pictures, _workers, Options.Create(new ImagingOptions()), options),
            new SoundDivider(_decoding.Services.GetRequiredService<ISoundReader>(), Prober, options),
            new ClipDivider(Prober, options),
            new TextDivider(),
        ];
        Weigher = new MediumWeigher(dividers, _workers, TimeProvider.System, options);
        return new MediumExplainer(Gateway.Embedder, Weigher);
    }

    public void Dispose()
    {
        Gateway.Dispose();
        _decoding.Dispose();
        _workers.Dispose();
    }

    /// <summary>Every medium is a video of six seconds, with sound.</summary>
    internal sealed class FakeProber : IMediaProber
    {
        public TimeSpan? Duration { get; set; } = TimeSpan.FromSeconds(6);

        public Task<MediaProbe> ProbeAsync(IMediaContent content, CancellationToken cancellationToken) => Task.FromResult(new MediaProbe(
            "mov", Duration, new VideoTrack(0, "h264", 64, 64, 0, 24, Duration), new SoundTrack(1, "aac", 16_000, 1, Duration), null));

        public Task<TrackSpan?> MeasureAsync(IMediaContent content, int stream, CancellationToken cancellationToken) => Task.FromResult<TrackSpan?>(null);
    }
}
