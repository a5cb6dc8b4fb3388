using System.Numerics.Tensors;
using Sensorium.Core.Generation.Decoding;
using Sensorium.Core.Generation.Text;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>The sequences of one request: independent choices, or the beams of one search.</summary>
internal abstract class SequenceGroup
{
    private readonly GroupContext _context;

    protected SequenceGroup(DecodeJob job, GroupContext context)
    {
        Job = job;
        _context = context;
        Sequences = [.. Enumerable.Range(0, job.Parameters.Rows).Select(_ => new Sequence(this) { NextToken = job.Prompt[^1] })];
    }

    public DecodeJob Job { get; }

    public IReadOnlyList<Sequence> Sequences { get; }

    /// <summary>Steps of its sequences, all together.</summary>
    public int Steps { get; set; }

    /// <summary>The end of its stream has been written; nothing more may be.</summary>
    public bool Ended { get; private set; }

    public static SequenceGroup Create(DecodeJob job, GroupContext context) =>
        job.Parameters.SearchesBeams ? new BeamGroup(job, context) : new ChoiceGroup(job, context);

    /// <summary>Reads what the latest step gave its rows; decides what they are fed next, or that they leave.</summary>
    public abstract void Advance(IDecodeBatch batch);

    /// <summary>Ends the stream; all rows leave.</summary>
    public void End(Exception? error = null)
    {
        if (Ended)
        {
            return;
        }

        Ended = true;
        if (error is not null)
        {
            _context.Metrics.SequencesEnded(Sequences.Count(sequence => !sequence.Leaving), error);
        }

        foreach (var sequence in Sequences)
        {
            sequence.Leaving = true;
        }

        _context.Ended(Job, Steps);
        Job.Stream.Complete(error);
    }

    protected GroupContext Context => _context;

    protected CaptionText NewText() => new(Job.Parameters.Stop, Job.TrimsStart);

    protected bool IsEnd(int token) => Job.Parameters.EndTokenIds.Contains(token);

    protected void MarkToken()
    {
        if (!Job.Clock.HasFirstToken)
        {
            Job.Clock.MarkFirstToken();
            _context.Metrics.FirstToken(Job.Clock.TimeToFirstToken);
        }
    }

    /// <summary>What the row's latest token looked at; null unless the caller asked.</summary>
    protected TokenAttention? ReadAttention(IDecodeBatch batch, int row)
    {
        if (!Job.Explain)
        {
            return null;
        }

        var weights = new float[Job.MediaTokens.Sum()];
        batch.ReadAttention(row, weights);
        var media = new float[Job.MediaTokens.Count];
        var start = 0;
        for (var i = 0; i < media.Length; i++)
        {
            media[i] = TensorPrimitives.Sum(weights.AsSpan(start, Job.MediaTokens[i]));
            start += Job.MediaTokens[i];
        }

        return new TokenAttention(media, weights);
    }

    protected void Finish(int choice, string text, CaptionFinishReason reason, int tokens, float score)
    {
        var usage = new GenerationUsage(Job.PromptTokens, Job.MediaTokens.Sum(), tokens);
        Job.Stream.Write(new CaptionFinished(
            choice, text, reason, usage, Job.Clock.Summarise(), _context.Model, Job.Parameters.Seed, score));
        _context.Metrics.SequenceFinished(tokens, Job.Clock.Decoding(), reason);
    }
}
