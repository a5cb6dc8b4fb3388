using System.Runtime.CompilerServices;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Deciders.Cases;

namespace Sensorium.Gateway.Operations.Decisions;

/// <summary>Embeds cases as they come, a few parts of the stream at once, so that encoders need not wait for what is received.</summary>
internal sealed class CaseStream(CaseReceiver receiver, CaseEmbedder embedder)
{
    private const int Together = 32;
    private const int PartsAtOnce = 3;

    /// <param name="cases">As a face reads them.</param>
    /// <param name="ids">Of those that were read before.</param>
    /// <param name="models">That embed media.</param>
    /// <param name="template">Everything of the batches but their items.</param>
    /// <param name="cancellationToken">Of the call.</param>
    /// <returns>Parts of the stream, in its order.</returns>
    public async IAsyncEnumerable<EmbeddedPart> EmbedAsync(
        IAsyncEnumerable<TaughtCaseInput> cases, CaseIds ids, CaseModels models, EncodeBatch template, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var encoding = new CaseEncoding(models.SelectorOf, models.Has, CaseVector.Reading(template), IsPatient: true);
        var running = new Queue<Task<EmbeddedPart>>();
        var start = ids.Count;
        try
        {
            await foreach (var part in cases.Chunk(Together).WithCancellation(cancellationToken))
            {
                TaughtCaseInput[] named = [.. part.Select((one, i) => one with { Case = one.Case with { Id = ItemIds.Of(one.Case.Id, ids.Count - start + i) } })];
                ids.Add(named.Select(one => (one.Case.Id, one.Case.Field)));
                running.Enqueue(EmbedAsync(named, ids.Count, encoding, stop.Token));
                if (running.Count == PartsAtOnce)
                {
                    yield return await running.Dequeue();
                }
            }

            while (running.TryDequeue(out var next))
            {
                yield return await next;
            }
        }
        finally
        {
            // Those that nobody waits for any more.
            await stop.CancelAsync();
            await Task.WhenAll(running).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        }
    }

    private async Task<EmbeddedPart> EmbedAsync(TaughtCaseInput[] cases, int read, CaseEncoding encoding, CancellationToken cancellationToken)
    {
        await using var received = await receiver.ReceiveAsync([.. cases.Select(one => one.Case)], cancellationToken);
        var embedded = await embedder.EmbedAsync(received, encoding, cancellationToken);
        var taught = cases.Zip(embedded).Where(pair => pair.Second.Case is not null)
            .Select(pair => new TaughtCase(pair.Second.Case!, pair.First.Group, pair.First.Outcomes));
        return new EmbeddedPart(read, [.. taught], [.. embedded.Where(one => one.Error is not null).Select(one => (one.Input.Id, one.Error!))]);
    }
}

/// <param name="Read">Cases so far.</param>
/// <param name="Failures">Those that could not be used.</param>
internal sealed record EmbeddedPart(int Read, IReadOnlyList<TaughtCase> Taught, IReadOnlyList<(string CaseId, SensoriumException Error)> Failures);
