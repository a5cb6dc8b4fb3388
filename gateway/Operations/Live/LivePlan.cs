using Sensorium.Core.Encoding;
using Sensorium.Core.Generation;
using Sensorium.Core.Generation.Speech;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations.Classification;
using Sensorium.Gateway.Operations.Decisions;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>What is to be said of a stream.</summary>
/// <param name="Encoding">Everything of the batches of frames and sounds but their items.</param>
internal sealed record LivePlan(EncodeBatch Encoding)
{
    /// <summary>Null for that of frames.</summary>
    public ModelSelector? SoundModel { get; init; }

    /// <summary>Null if no sound is to come.</summary>
    public SoundFormat? Sound { get; init; }

    public IReadOnlyList<WatchedWords> Watch { get; init; } = [];

    /// <summary>Null for the setting.</summary>
    public float? SceneDistance { get; init; }

    public CaptionPlan? Captions { get; init; }

    public SoundEventPlan? SoundEvents { get; init; }

    public TranscriptPlan? Transcript { get; init; }

    public DecisionPlan? Decisions { get; init; }

    /// <summary>Of sounds.</summary>
    public EncodeBatch SoundEncoding => Encoding with { Model = SoundModel ?? Encoding.Model };
}

/// <param name="Phrases">Empty means the name.</param>
/// <param name="MinSimilarity">Null for the setting.</param>
/// <param name="Modality">Image looks for them, Audio listens for them, null does both.</param>
internal sealed record WatchedWords(string Name, IReadOnlyList<string> Phrases, float? MinSimilarity, Modality? Modality)
{
    /// <summary>They fit, too, where they are by so much more similar than they were at the least lately; null does not ask.</summary>
    public float? MinRise { get; init; }
}

/// <param name="Template">Everything of the job but its media.</param>
/// <param name="Interval">Between captions of one scene.</param>
internal sealed record CaptionPlan(CaptionJob Template, TimeSpan Interval);

/// <param name="Labels">Empty for the model's own.</param>
/// <param name="NoneThreshold">Null for the setting.</param>
internal sealed record SoundEventPlan(IReadOnlyList<Label> Labels, float? NoneThreshold);

/// <param name="Job">Everything of the job, given its medium.</param>
/// <param name="Window">Longest sound that is written down at a time.</param>
internal sealed record TranscriptPlan(Func<MediaItem, TranscriptionJob> Job, TimeSpan Window);

internal sealed record DecisionPlan(DecideRequest Request, TimeSpan Interval);

/// <param name="Channels">One after the other within a sample.</param>
internal sealed record SoundFormat(SampleEncoding Encoding, int SampleRate, int Channels)
{
    public int SampleBytes => Channels * (Encoding == SampleEncoding.Float32 ? sizeof(float) : sizeof(short));
}

/// <summary>Little endian.</summary>
internal enum SampleEncoding
{
    Signed16,

    /// <summary>In [-1, 1].</summary>
    Float32,
}
