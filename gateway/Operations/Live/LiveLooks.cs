using Sensorium.Gateway.Operations.Live.Sound;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Everything that looks at one stream. What was not asked for, or has no sense here, is null.</summary>
internal sealed class LiveLooks(LiveSenses senses)
{
    private SoundPiece? _heard;

    public LiveSenses Senses => senses;

    public LivePart<FrameMaterial>? Frames { get; set; }

    public LivePart<FrameMaterial>? Captions { get; set; }

    public LivePart<FrameMaterial>? Decisions { get; set; }

    /// <summary>Null, too, if nothing is listened for.</summary>
    public LivePart<SoundPiece>? Sound { get; set; }

    public LivePart<SoundPiece>? Transcript { get; set; }

    public Pace? CaptionPace { get; set; }

    public Pace? DecisionPace { get; set; }

    public SoundStream? Stream { get; set; }

    public SlidingWindow? Window { get; set; }

    public SpeechCutter? Cutter { get; set; }

    /// <summary>The last seconds of sound; null before there are any.</summary>
    public SoundPiece? Heard => Volatile.Read(ref _heard);

    /// <summary>Those that take what comes in first, then those that take what these hand on.</summary>
    public IReadOnlyList<ILivePart> First => [.. new ILivePart?[] { Frames, Sound, Transcript }.OfType<ILivePart>()];

    public IReadOnlyList<ILivePart> Then => [.. new ILivePart?[] { Captions, Decisions }.OfType<ILivePart>()];

    public void Take(LiveInput input, long arrived)
    {
        if (input is LiveFrame frame)
        {
            Frames!.Offer(new FrameMaterial(LiveMoment.At(frame.Time, arrived), frame));
            return;
        }

        var block = Stream!.Add((LiveSound)input, arrived);
        if (Window!.Add(block, out var passed) is { } piece)
        {
            Volatile.Write(ref _heard, piece);
            Sound?.Skip(passed - 1);
            Sound?.Offer(piece);
        }

        foreach (var speech in Cutter?.Add(block) ?? [])
        {
            Transcript!.Offer(speech);
        }
    }

    /// <summary>Nothing more comes in.</summary>
    public void Complete()
    {
        if (Cutter?.Flush() is { } rest)
        {
            Transcript!.Offer(rest);
        }

        foreach (var part in First)
        {
            part.Complete();
        }
    }

    /// <summary>A frame that has been looked at goes on to those that do not take every one.</summary>
    public void OfferOn(FrameMaterial frame, bool isNew)
    {
        var time = frame.Moment.Range.Start;
        if (CaptionPace?.IsDue(time, isNew) == true)
        {
            Captions!.Offer(frame);
        }

        if (DecisionPace?.IsDue(time, isNew) == true)
        {
            Decisions!.Offer(frame);
        }
    }
}
