using System.Runtime.CompilerServices;
using Sensorium.Core.Generation;

namespace Sensorium.Hosting.Policies.Accounting;

/// <summary>Says whose each job is, and counts its tokens as they pass, so that those of a stream that is cut off are counted too.</summary>
internal sealed class AccountedGenerator(ICaptionGenerator inner, CallRecords calls) : ICaptionGenerator
{
    public ValueTask<GenerationDescription> DescribeAsync(CancellationToken cancellationToken) => inner.DescribeAsync(cancellationToken);

    public async IAsyncEnumerable<CaptionEvent> GenerateAsync(CaptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var record = calls.Current;
        CallRecords.AddItems(record, job.Media);
        var isFinished = false;
        try
        {
            await foreach (var next in inner.GenerateAsync(job with { Tenant = job.Tenant ?? calls.Tenant }, cancellationToken))
            {
                Count(record, job, next);
                isFinished |= next is CaptionFinished;
                yield return next;
            }
        }
        finally
        {
            // Which model it is is told at the end; until then there is what was asked for.
            if (!isFinished && job.Model?.Id is { Length: > 0 } asked)
            {
                record?.AddModel(asked);
            }
        }
    }

    // A conversation's prompt holds its media; a caption's does not.
    private static void Count(CallRecord? record, CaptionJob job, CaptionEvent next)
    {
        switch (next)
        {
            case CaptionStarted started when job.Messages.Count == 0:
                record?.AddTokens(started.Media.Sum(medium => (long)medium.Tokens), 0);
                break;
            case CaptionDelta delta:
                record?.AddTokens(0, delta.TokenIds.Count);
                break;
            case CaptionFinished finished:
                record?.AddModel(finished.Model.Id);
                record?.AddTokens(finished.ChoiceIndex == 0 ? finished.Usage.PromptTokens : 0, 0);
                break;
        }
    }
}
