using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Sensorium.Core.Batching;
using Sensorium.Core.Encoding;
using Sensorium.Core.Encoding.Pipeline;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Core.UnitTests.Encoding;

/// <summary>
/// A pipeline around small arithmetic: a medium's bytes are its segments, a segment's vector points along axis (byte mod 4),
/// and byte 255 breaks every batch that it is in.
/// </summary>
internal sealed class PipelineFixture : IMediaResolver, IMediaPreprocessor, IEncoderModel, IAsyncDisposable
{
    private readonly PreprocessingWorkers _workers = new(2);
    private readonly Lazy<EncoderPipeline> _pipeline;
    private int _outstanding;

    public PipelineFixture() => _pipeline = new(() => new EncoderPipeline(
        new EncoderSetup(Modality.Audio, "audio", this, this, this, Options, EncoderLimits.None, [], [MediaTrack.Default, MediaTrack.Audio]),
        _workers,
        Time,
        NullLogger<EncoderPipeline>.Instance));

    public EncoderPipeline Pipeline => _pipeline.Value;

    public EncoderOptions Options { get; } = new();

    public FakeTimeProvider Time { get; } = new();

    public ModelIdentity Identity { get; } = new("model", "rev", "fp32", "space", "", "cpu", "none");

    public int EmbeddingWidth => 4;

    public int FeatureWidth => 4;

    public int MaxBatchSize { get; set; }

    public string Digest => "digest";

    public TimeSpan SegmentLength { get; set; } = TimeSpan.FromSeconds(1);

    public TaskCompletionSource Gate { get; } = new();

    public bool Broken { get; set; }

    /// <summary>Buffers that are lent out now, and the most that ever were.</summary>
    public int Outstanding => _outstanding;

    public int MostOutstanding { get; private set; }

    public HashSet<string> Threads { get; } = [];

    public ValueTask<IMediaContent> ResolveAsync(MediaSource source, CancellationToken cancellationToken) =>
        source is InlineSource inline
            ? ValueTask.FromResult<IMediaContent>(new Content(inline.Data))
            : throw SensoriumException.Invalid(ErrorReasons.InvalidUri, "not here");

    public async IAsyncEnumerable<PreparedSegment> PrepareAsync(
        MediaItem item, IMediaContent content, PreprocessingRequest request, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var bytes = content.Memory!.Value.ToArray();
        request.Summary.SegmentsAvailable = bytes.Length;
        foreach (var (index, value) in bytes.Take(request.MaxSegments).Index())
        {
            await Task.Yield();
            lock (Threads)
            {
                Threads.Add(Thread.CurrentThread.Name ?? "pool");
                MostOutstanding = Math.Max(MostOutstanding, Interlocked.Increment(ref _outstanding));
            }

            var range = new TimeRange(index * SegmentLength, (index * SegmentLength) + (SegmentLength * (index + 1)));
            yield return new PreparedSegment(range, new FloatInput([1], new float[] { value }) { Owner = new Loan(this) }, 10);
        }
    }

    public string ShapeKeyOf(ModelInput input) => "1";

    public bool Probe() => !Broken;

    public IPreparedBatch<ModelOutput> Prepare(IReadOnlyList<EncoderInput> inputs) => new Batch(this, inputs);

    public void Dispose()
    {
    }

    public async ValueTask DisposeAsync()
    {
        Gate.TrySetResult();
        await Pipeline.DisposeAsync();
        _workers.Dispose();
    }

    private sealed class Loan(PipelineFixture owner) : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref owner._outstanding);
    }

    private sealed class Batch(PipelineFixture owner, IReadOnlyList<EncoderInput> inputs) : IPreparedBatch<ModelOutput>
    {
        public IReadOnlyList<ModelOutput> Run()
        {
            owner.Gate.Task.Wait();
            var values = inputs.Select(input => (int)((FloatInput)input.Input).Data.Span[0]).ToArray();
            return owner.Broken || values.Contains(255)
                ? throw new InvalidOperationException("broken")
                : [.. values.Select((value, row) => Output(value, inputs[row].WithFeatures))];
        }

        public void Dispose()
        {
        }

        private static ModelOutput Output(int value, bool withFeatures)
        {
            var vector = new float[4];
            vector[value % 4] = 1;
            return new ModelOutput(vector, withFeatures ? new FeatureSequence(1, 4, vector) : null);
        }
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
