using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Text;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>
/// Beam search. Finished beams score Σ log p / length^length_penalty, the closing token counted. The search is done when
/// as many beams have finished as there are, and none that still runs could beat the worst of them if it ended now: what
/// Hugging Face calls early_stopping=False. All text comes at the end.
/// </summary>
internal sealed class BeamGroup(DecodeJob job, GroupContext context) : SequenceGroup(job, context)
{
    private readonly BeamCandidates _candidates = new(job.Parameters, context.Buffers, job.Prompt);
    private readonly List<Hypothesis> _finished = [];
    private Beam?[] _live = [Beam.Start, .. new Beam?[job.Parameters.NumBeams - 1]];
    private int _length;

    private int Width => Job.Parameters.NumBeams;

    public override void Advance(IDecodeBatch batch)
    {
        Rank(batch);
        _length++;
        MarkToken();
        var next = Choose(batch);
        Context.Metrics.Tokens(next.Count);
        if (next.Count == 0 || IsDone() || _length == Job.Parameters.MaxNewTokens)
        {
            Complete(next);
            return;
        }

        Assign(next, batch);
    }

    private void Rank(IDecodeBatch batch)
    {
        _candidates.Clear();
        for (var i = 0; i < _live.Length; i++)
        {
            if (_live[i] is { } beam)
            {
                _candidates.Add(i, beam, batch.Logits(Sequences[i].Row));
            }
        }
    }

    // Beams that go on, with the index of the beam each comes from. What ended goes to the finished ones instead.
    private List<(int From, Beam Beam)> Choose(IDecodeBatch batch)
    {
        var next = new List<(int From, Beam Beam)>(Width);
        for (var place = 0; place < _candidates.Best.Count && next.Count < Width; place++)
        {
            var candidate = _candidates.Best[place];
            var beam = _live[candidate.BeamIndex]!.Append(
                candidate.Token, candidate.LogProb, candidate.Rank, ReadAttention(batch, Sequences[candidate.BeamIndex].Row));
            var reason = IsEnd(candidate.Token) ? CaptionFinishReason.End : Stops(beam) ? CaptionFinishReason.StopSequence : CaptionFinishReason.Length;
            if (reason == CaptionFinishReason.Length)
            {
                next.Add((candidate.BeamIndex, beam));
            }
            else if (place < Width)
            {
                AddFinished(beam, reason);
            }
        }

        return next;
    }

    private bool Stops(Beam beam) => Job.Parameters.Stop.Count > 0 && Spell(beam).Stopped;

    private bool IsDone() => _finished.Count >= Width && _finished[^1].Normalised >= Normalise(_candidates.Best[0].Rank, _length);

    private void Assign(List<(int From, Beam Beam)> next, IDecodeBatch batch)
    {
        var beams = new Beam?[Width];
        var copies = new List<(int From, Beam Beam)>();
        foreach (var (from, beam) in next)
        {
            // The first child stays in its parent's row, so only the others are copied, and only into rows without a child.
            if (beams[from] is null)
            {
                beams[from] = beam;
            }
            else
            {
                copies.Add((from, beam));
            }
        }

        foreach (var (from, beam) in copies)
        {
            var to = Array.IndexOf(beams, null);
            batch.CopyTokens(Sequences[from].Row, Sequences[to].Row);
            beams[to] = beam;
        }

        _live = beams;
        for (var i = 0; i < Width; i++)
        {
            Sequences[i].NextToken = beams[i]?.Token ?? Sequences[i].NextToken;
        }
    }

    private void Complete(List<(int From, Beam Beam)> next)
    {
        if (!IsDone())
        {
            next.ForEach(live => AddFinished(live.Beam, CaptionFinishReason.Length));
        }

        for (var choice = 0; choice < Math.Min(Job.Parameters.Choices, _finished.Count); choice++)
        {
            Emit(choice, _finished[choice]);
        }

        End();
    }

    private void AddFinished(Beam beam, CaptionFinishReason reason)
    {
        var normalised = Normalise(beam.Rank, beam.Length);
        var at = _finished.Count;
        while (at > 0 && normalised > _finished[at - 1].Normalised)
        {
            at--;
        }

        _finished.Insert(at, new Hypothesis(beam, normalised, reason));
        if (_finished.Count > Width)
        {
            _finished.RemoveAt(Width);
        }
    }

    private float Normalise(float rank, int length) => rank / MathF.Pow(length, Job.Parameters.LengthPenalty);

    private CaptionText Spell(Beam beam)
    {
        var text = NewText();
        foreach (var step in beam.Path())
        {
            if (!IsEnd(step.Token))
            {
                text.Append(Context.Tokenizer.TokenBytes(step.Token).Span);
            }
        }

        return text;
    }

    private void Emit(int choice, Hypothesis hypothesis)
    {
        var text = Spell(hypothesis.Beam);
        text.Finish();
        Beam[] steps = [.. hypothesis.Beam.Path().Where(step => !IsEnd(step.Token))];
        Job.Stream.Write(new CaptionDelta(
            choice,
            [.. steps.Select(step => step.Token)],
            text.Text,
            [.. steps.Select(step => step.LogProb)],
            Job.Explain ? [.. steps.Select(step => step.Attention!)] : []));
        Finish(choice, text.Text, hypothesis.Reason, steps.Length, hypothesis.Beam.Score);
    }
}
