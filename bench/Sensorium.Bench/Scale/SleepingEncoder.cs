using System.Runtime.CompilerServices;
using Sensorium.Core.Batching;
using Sensorium.Core.Encoding;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Media;

namespace Sensorium.Bench.Scale;

/// <summary>
/// A vision encoder that sleeps instead of computing, so that several of them on one machine do not share its cores. All around
/// the model is the product's.
/// </summary>
internal sealed class SleepingEncoder(TimeSpan sleep, string replica) : IEncoderModel, IMediaPreprocessor, IMediaResolver, IPreparedBatch<ModelOutput>
{
    private static readonly float[] Vector = [1, 0];

    /// <summary>Tells callers by its revision which replica answered.</summary>
    public ModelIdentity Identity { get; } = new("sleeper", replica, "fp32", "sleeper", "", "cpu", "none");

    public int EmbeddingWidth => Vector.Length;

    public int FeatureWidth => Vector.Length;

    public int MaxBatchSize => 1;

    public string Digest => "";

    public EncoderPipeline CreatePipeline(IServiceProvider services) => new(
        new EncoderSetup(Modality.Image, "vision", this, this, this, new EncoderOptions { MaxExpectedWait = TimeSpan.FromMinutes(10) }, EncoderLimits.None, [], [MediaTrack.Default]),
        services.GetRequiredService<PreprocessingWorkers>(),
        TimeProvider.System,
        services.GetRequiredService<ILogger<EncoderPipeline>>());

    public string ShapeKeyOf(ModelInput input) => "";

    public IPreparedBatch<ModelOutput> Prepare(IReadOnlyList<EncoderInput> inputs) => this;

    public IReadOnlyList<ModelOutput> Run()
    {
        Thread.Sleep(sleep);
        return [new ModelOutput(Vector, null)];
    }

    public ValueTask<IMediaContent> ResolveAsync(MediaSource source, CancellationToken cancellationToken) =>
        ValueTask.FromResult<IMediaContent>(new Content(((InlineSource)source).Data));

    public async IAsyncEnumerable<PreparedSegment> PrepareAsync(
        MediaItem item, IMediaContent content, PreprocessingRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        request.Summary.SegmentsAvailable = 1;
        yield return new PreparedSegment(null, new FloatInput([1], Vector.AsMemory(0, 1)), 1);
    }

    public void Dispose()
    {
    }

    private sealed class Content(ReadOnlyMemory<byte> data) : IMediaContent
    {
        public string Sha256 => "";

        public long SizeBytes => data.Length;

        public ReadOnlyMemory<byte>? Memory => data;

        public string? FilePath => null;

        public Stream OpenRead() => new MemoryStream(data.ToArray());

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
