using System.Runtime.CompilerServices;
using Sensorium.Core.Generation.Speech;

namespace Sensorium.Hosting.Policies.Accounting;

/// <summary>As <see cref="AccountedGenerator"/>, of speech.</summary>
internal sealed class AccountedTranscriber(ITranscriber inner, CallRecords calls) : ITranscriber
{
    public async IAsyncEnumerable<TranscriptEvent> TranscribeAsync(TranscriptionJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var record = calls.Current;
        CallRecords.AddItems(record, job.Media);
        await foreach (var next in inner.TranscribeAsync(job with { Tenant = job.Tenant ?? calls.Tenant }, cancellationToken))
        {
            if (next is TranscriptSegment segment)
            {
                record?.AddTokens(0, segment.TokenIds.Count);
            }
            else if (next is TranscriptFinished finished)
            {
                record?.AddModel(finished.Model.Id);
            }

            yield return next;
        }
    }
}
