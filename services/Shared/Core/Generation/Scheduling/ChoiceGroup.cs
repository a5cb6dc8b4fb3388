using Sensorium.Core.Generation.Decoding;

namespace Sensorium.Core.Generation.Scheduling;

/// <summary>Choices that are decoded side by side and know nothing of each other.</summary>
internal sealed class ChoiceGroup : SequenceGroup
{
    private readonly Choice[] _choices;
    private int _running;

    public ChoiceGroup(DecodeJob job, GroupContext context)
        : base(job, context)
    {
        _choices = [.. Enumerable.Range(0, job.Parameters.Choices).Select(index => new Choice(index, job.Parameters, context.Buffers, job.Prompt, NewText()))];
        _running = _choices.Length;
    }

    public override void Advance(IDecodeBatch batch)
    {
        for (var i = 0; i < _choices.Length; i++)
        {
            if (!Sequences[i].Leaving)
            {
                Advance(_choices[i], Sequences[i], batch);
            }
        }

        if (_running == 0)
        {
            End();
        }
    }

    private void Advance(Choice choice, Sequence sequence, IDecodeBatch batch)
    {
        var token = choice.Sampler.Next(batch.Logits(sequence.Row), out var logProb);
        choice.Score += logProb;
        if (Job.Heads is { } heads)
        {
            batch.ReadHeads(sequence.Row, heads);
        }

        MarkToken();
        if (IsEnd(token))
        {
            EmitRest(choice);
            Leave(choice, sequence, CaptionFinishReason.End);
            return;
        }

        choice.Tokens++;
        Context.Metrics.Tokens(1);
        var last = choice.Tokens == Job.Parameters.MaxNewTokens;
        var piece = choice.Text.Append(Context.Tokenizer.TokenBytes(token).Span);
        piece = last ? piece + choice.Text.Finish() : piece;
        var attention = ReadAttention(batch, sequence.Row);
        Job.Stream.Write(new CaptionDelta(choice.Index, [token], piece, [logProb], attention is null ? [] : [attention]));
        sequence.NextToken = token;
        if (choice.Text.Stopped || last)
        {
            Leave(choice, sequence, choice.Text.Stopped ? CaptionFinishReason.StopSequence : CaptionFinishReason.Length);
        }
    }

    private void EmitRest(Choice choice)
    {
        var rest = choice.Text.Finish();
        if (rest.Length > 0)
        {
            Job.Stream.Write(new CaptionDelta(choice.Index, [], rest, [], []));
        }
    }

    private void Leave(Choice choice, Sequence sequence, CaptionFinishReason reason)
    {
        Finish(choice.Index, choice.Text.Text, reason, choice.Tokens, choice.Score);
        sequence.Leaving = true;
        _running--;
    }
}
