using Sensorium.Core.Encoding;
using Sensorium.Core.Media;

namespace Sensorium.Gateway.Operations.Live;

/// <summary>Which watched words fit, of one sense. Tells when they begin to, and when they ended to.</summary>
/// <param name="linger">Words have ended to fit when they have not fitted for so long.</param>
internal sealed class WatchedAlerts(Modality modality, IReadOnlyList<LiveWord> words, TimeSpan linger)
{
    private readonly State[] _states = [.. words.Select(word => new State(word))];

    /// <param name="vector">Of a frame, or of the last seconds of sound.</param>
    /// <param name="moment">Of it.</param>
    public IEnumerable<AlertRaised> Look(ReadOnlyMemory<float> vector, LiveMoment moment)
    {
        for (var i = 0; i < words.Count; i++)
        {
            var similarity = UnitVectors.Cosine(vector.Span, words[i].Vector);
            if (Next(_states[i], _states[i].Fits(similarity, TimeOf(moment)), moment) is var (about, ended))
            {
                yield return new AlertRaised(about, words[i].Name, modality, similarity, ended);
            }
        }
    }

    private (LiveMoment About, bool Ended)? Next(State state, bool fits, LiveMoment moment)
    {
        if (fits)
        {
            var isNew = !state.IsOn;
            (state.IsOn, state.Lost) = (true, null);
            return isNew ? (moment, false) : null;
        }

        if (!state.IsOn)
        {
            return null;
        }

        state.Lost ??= moment;
        if (TimeOf(moment) - TimeOf(state.Lost.Value) < linger)
        {
            return null;
        }

        state.IsOn = false;
        return (state.Lost.Value, true);
    }

    private static TimeSpan TimeOf(LiveMoment moment) => moment.Range.End ?? moment.Range.Start;

    private sealed class State(LiveWord word)
    {
        private readonly Baseline _baseline = new();

        public bool IsOn { get; set; }

        /// <summary>When they first did not fit since.</summary>
        public LiveMoment? Lost { get; set; }

        public bool Fits(float similarity, TimeSpan time)
        {
            var usual = _baseline.Follow(similarity, time, mayRise: !IsOn);
            return similarity >= word.MinSimilarity || similarity - usual >= word.MinRise;
        }
    }
}

/// <param name="Vector">The mean of its phrases'.</param>
internal sealed record LiveWord(string Name, float[] Vector, float MinSimilarity)
{
    /// <summary>Null does not ask.</summary>
    public float? MinRise { get; init; }
}
