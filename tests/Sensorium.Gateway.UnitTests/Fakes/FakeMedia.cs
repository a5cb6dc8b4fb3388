using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Sniffing;
using Sensorium.Media.Sources;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>Content in memory that is a picture unless a test says otherwise, and unknown if it begins with 0xFF. Counts what is open.</summary>
internal sealed class FakeMedia : IUriFetcher, IMediaResolver, IMediaSniffer
{
    public int Open { get; private set; }

    /// <summary>Of content that does not say what it is.</summary>
    public Modality Modality { get; set; } = Modality.Image;

    public Task<FetchedMedia> FetchAsync(string uri, CancellationToken cancellationToken) =>
        Task.FromResult(new FetchedMedia(new InlineSource(new byte[] { (byte)uri[^1] }), "image/png"));

    public FetchedMedia Take(DataSource data) => new(new InlineSource(data.Data), data.MediaType ?? "image/png");

    public ValueTask<IMediaContent> ResolveAsync(MediaSource source, CancellationToken cancellationToken)
    {
        Open++;
        return ValueTask.FromResult<IMediaContent>(new Content(this, source is InlineSource inline ? inline.Data : new byte[] { 1 }));
    }

    public ValueTask<SniffedMedia> SniffAsync(
        IMediaContent content, Modality? announced, string? announcedMediaType, CancellationToken cancellationToken) =>
        content.Memory!.Value.Span[0] == 0xFF
            ? throw SensoriumException.Invalid(ErrorReasons.UnknownModality, "of no known format")
            : ValueTask.FromResult(new SniffedMedia(announced ?? Modality, "image/png"));

    private sealed class Content(FakeMedia owner, ReadOnlyMemory<byte> data) : IMediaContent
    {
        public string Sha256 => new('a', 64);

        public long SizeBytes => data.Length;

        public ReadOnlyMemory<byte>? Memory => data;

        public string? FilePath => null;

        public Stream OpenRead() => new MemoryStream(data.ToArray());

        public ValueTask DisposeAsync()
        {
            owner.Open--;
            return ValueTask.CompletedTask;
        }
    }
}
