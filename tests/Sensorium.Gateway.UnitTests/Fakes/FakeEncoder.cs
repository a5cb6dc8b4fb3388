using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;
using Sensorium.Core.Models;

namespace Sensorium.Gateway.UnitTests.Fakes;

/// <summary>Embeds texts as a test says, pictures by their first byte, and remembers what it was asked.</summary>
internal sealed class FakeEncoder(Modality modality) : IEncoder
{
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Modality Modality => modality;

    public string SpaceId { get; set; } = "space";

    public int MaxItems { get; set; } = 100;

    public SimilarityScale? Similarity { get; set; }

    /// <summary>Set to classify: an item's logits are its vector.</summary>
    public ModelLabels? Labels { get; set; }

    /// <summary>Ids of the models that it serves, the default first.</summary>
    public IReadOnlyList<string> Serves { get; set; } = ["fake"];

    /// <summary>The one of them that the settings name for classification and reranking.</summary>
    public string? Named { get; set; }

    /// <summary>Set to not say what it serves.</summary>
    public SensoriumException? Unreachable { get; set; }

    public List<IReadOnlyList<string>> Batches { get; } = [];

    /// <summary>The last batch as it came.</summary>
    public EncodeBatch? Last { get; private set; }

    /// <summary>The vector of an item, by its text or its first byte; null fails the item.</summary>
    public Func<string, float[]?> Vector { get; set; } = _ => [1, 0];

    /// <summary>Set to make vectors of whole items instead.</summary>
    public Func<MediaItem, float[]?>? Sees { get; set; }

    /// <summary>Set to fail whole batches.</summary>
    public SensoriumException? Failure { get; set; }

    /// <summary>What the first batches fail with, one after the other.</summary>
    public Queue<SensoriumException> Refusals { get; } = [];

    /// <summary>Set to encode until the caller gives up.</summary>
    public bool Hangs { get; set; }

    /// <summary>Ends with the first batch that hangs.</summary>
    public Task Started => _started.Task;

    /// <summary>Ends when a batch that hung was given up.</summary>
    public Task Stopped => _stopped.Task;

    public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken) => Unreachable is { } failure
        ? ValueTask.FromException<ServedModels<EncoderDescription>>(failure)
        : ValueTask.FromResult(new ServedModels<EncoderDescription>(ModalityTable.Of(modality).Service, [.. Serves.Select(Describe)], []));

    public async Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken)
    {
        lock (Batches)
        {
            Last = batch;
            Batches.Add([.. batch.Items.Select(Content)]);
            if (Refusals.TryDequeue(out var refusal))
            {
                throw refusal;
            }
        }

        if (Hangs)
        {
            await HangAsync(cancellationToken);
        }

        return Failure is { } failure ? throw failure : [.. batch.Items.Select(Encode)];
    }

    private async Task HangAsync(CancellationToken cancellationToken)
    {
        _started.TrySetResult();
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }
        finally
        {
            _stopped.TrySetResult();
        }
    }

    private EncoderDescription Describe(string id) => new(
        modality, Model with { Id = id }, 2, 2, EncoderLimits.None with { MaxItems = MaxItems }, ["en"], [MediaTrack.Default])
    {
        Similarity = Similarity,
        Labels = Labels,
        NamedTasks = id == Named ? [ModelTask.Classify, ModelTask.Rerank] : [],
    };

    private ModelIdentity Model => new("fake", modality.ToString(), "fp32", SpaceId, "", "cpu", "");

    private EncodeOutcome Encode(MediaItem item) => (Sees is { } sees ? sees(item) : Vector(Content(item))) is { } vector
        ? new EncodeOutcome(item.ItemId) { Encoded = new EncodedMedia(vector, Labels is null ? [] : [Segment(vector)], 1, false, Model), Usage = new EncodeUsage(3, 1, null) }
        : EncodeOutcome.Failed(item.ItemId, SensoriumException.Invalid(ErrorReasons.UndecodableMedia, "broken"));

    private static EncodedSegment Segment(float[] vector) => new(null, vector, new FeatureSequence(1, vector.Length, vector));

    private static string Content(MediaItem item) => item.Source switch
    {
        TextSource text => text.Text,
        InlineSource inline => $"{inline.Data.Span[0]}",
        _ => item.Source.ToString(),
    };
}
