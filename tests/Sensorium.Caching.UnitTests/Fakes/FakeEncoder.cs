using System.Collections.Concurrent;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Models;

namespace Sensorium.Caching.UnitTests.Fakes;

/// <summary>An encoder whose results follow from the content and the weights, which can be down, slow, and replaced.</summary>
internal sealed class FakeEncoder : IEncoder
{
    private readonly ConcurrentQueue<EncodeBatch> _calls = new();
    private volatile TaskCompletionSource _gate = Opened();

    public Modality Modality => Description.Modality;

    public EncoderDescription Description { get; set; } = Sample.Description;

    /// <summary>What it says of itself, where that is not what it is.</summary>
    public EncoderDescription? Described { get; set; }

    /// <summary>Thrown by every call while set.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What calls with this deadline fail with.</summary>
    public (DateTimeOffset Deadline, Exception Failure)? Untimely { get; set; }

    /// <summary>Content of items that fail alone.</summary>
    public string? Poison { get; set; }

    /// <summary>Of the embeddings; anything but 1 breaks the contract.</summary>
    public float Length { get; set; } = 1;

    public int Segments { get; set; } = 1;

    public bool IsDescribed { get; set; } = true;

    /// <summary>False: its one model has been unloaded.</summary>
    public bool IsServed { get; set; } = true;

    public IReadOnlyList<EncodeBatch> Calls => [.. _calls];

    public IEnumerable<string> EncodedItems => _calls.SelectMany(call => call.Items).Select(item => item.ItemId);

    public int Cancelled { get; private set; }

    /// <summary>Called once a call has arrived, before it waits at the gate.</summary>
    public SemaphoreSlim Arrivals { get; } = new(0);

    /// <summary>Released once a call has ended because nobody waits for it.</summary>
    public SemaphoreSlim Departures { get; } = new(0);

    /// <summary>Holds calls back until <see cref="Open"/>.</summary>
    public void Close() => _gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public void Open() => _gate.TrySetResult();

    private ServedModels<EncoderDescription> Served(EncoderDescription description) => IsServed
        ? ServedModels.Only("vision", description)
        : new ServedModels<EncoderDescription>("vision", [], [new UnservedModel(description.Model.Id, "It is not loaded.", IsDefault: true)]);

    public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken) =>
        Failure is { } failure ? ValueTask.FromException<ServedModels<EncoderDescription>>(failure)
        : IsDescribed ? new(Served(Described ?? Description))
        : new(Task.Delay(Timeout.Infinite, cancellationToken).ContinueWith(_ => Served(Description), cancellationToken, TaskContinuationOptions.None, TaskScheduler.Default));

    public async Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken)
    {
        _calls.Enqueue(batch);
        Arrivals.Release();
        try
        {
            await _gate.Task.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Cancelled++;
            Departures.Release();
            throw;
        }

        if (Untimely is { } untimely && batch.Deadline == untimely.Deadline)
        {
            throw untimely.Failure;
        }

        if (!IsServed)
        {
            Served(Description).Select(batch.Model);
        }

        return Failure is { } failure ? throw failure : [.. batch.Items.Select(item => Encode(item, batch.WithFeatures))];
    }

    private EncodeOutcome Encode(MediaItem item, bool withFeatures)
    {
        var content = item.Source switch
        {
            InlineSource inline => System.Text.Encoding.UTF8.GetString(inline.Data.Span),
            TextSource text => text.Text,
            var other => other.ToString(),
        };
        if (content == Poison)
        {
            return EncodeOutcome.Failed(item.ItemId, SensoriumException.Invalid(ErrorReasons.UndecodableMedia, "Not a picture."));
        }

        var seed = (content + Description.Model.Revision).Aggregate(17, (hash, c) => unchecked((hash * 31) + c));
        var outcome = Sample.Outcome(item.ItemId, seed, withFeatures, Segments, Description.Model);
        return Length == 1 ? outcome : outcome with { Encoded = Scale(outcome.Encoded!) };
    }

    private EncodedMedia Scale(EncodedMedia media) =>
        media with { Embedding = media.Embedding.ToArray().Select(value => value * Length).ToArray() };

    private static TaskCompletionSource Opened()
    {
        var gate = new TaskCompletionSource();
        gate.SetResult();
        return gate;
    }
}
