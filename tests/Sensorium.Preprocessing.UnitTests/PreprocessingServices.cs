using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media;
using Sensorium.Media.Sources;
using Xunit;

namespace Sensorium.Preprocessing.UnitTests;

/// <summary>The registered services of media, and short ways to prepare with them.</summary>
internal sealed class PreprocessingServices : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sensorium-preprocessing-tests-").FullName;
    private readonly IHost _host;

    public PreprocessingServices(params (string Key, string Value)[] settings)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration[$"{MediaStoreOptions.Section}:Directory"] = _folder;
        foreach (var (key, value) in settings)
        {
            builder.Configuration[key] = value;
        }

        builder.AddSensoriumMedia();
        builder.Services.AddLogging();
        _host = builder.Build();
    }

    public IServiceProvider Provider => _host.Services;

    /// <summary>All segments, their data copied and their buffers given back.</summary>
    public static async Task<(List<Segment> Segments, PreprocessingSummary Summary)> PrepareAsync(
        IMediaPreprocessor preprocessor, string path, int maxSegments, MediaItem? item = null)
    {
        var summary = new PreprocessingSummary();
        var segments = new List<Segment>();
        item ??= new MediaItem("a", new InlineSource(default));
        var content = new MemoryMediaContent(await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        await foreach (var segment in preprocessor.PrepareAsync(
            item, content, new PreprocessingRequest(maxSegments, summary), TestContext.Current.CancellationToken))
        {
            var input = Assert.IsType<FloatInput>(segment.Input);
            segments.Add(new Segment(segment.Range, input.Shape, input.Data.ToArray()));
            input.Owner?.Dispose();
        }

        return (segments, summary);
    }

    public static Task<SensoriumException> RefusedAsync(IMediaPreprocessor preprocessor, string path, MediaItem item) =>
        Assert.ThrowsAsync<SensoriumException>(() => PrepareAsync(preprocessor, path, 4, item));

    public static MediaItem Item(Modality? modality, MediaTrack track = MediaTrack.Default, double? from = null, double? until = null) => new(
        "a",
        new InlineSource(default),
        modality,
        Track: track,
        Range: from is null ? null : new TimeRange(TimeSpan.FromSeconds(from.Value), until is null ? null : TimeSpan.FromSeconds(until.Value)));

    public void Dispose()
    {
        _host.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    public sealed record Segment(TimeRange? Range, int[] Shape, float[] Data)
    {
        public double From => Range!.Value.Start.TotalSeconds;

        public double Until => Range!.Value.End!.Value.TotalSeconds;
    }
}
