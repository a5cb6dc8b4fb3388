using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;

namespace Sensorium.Hosting.Policies.Accounting;

/// <summary>Says whose each batch is, and counts what it takes. Batches that are part of a generation have been told, and are counted there.</summary>
internal sealed class AccountedEncoder(IEncoder inner, CallRecords calls) : IEncoder
{
    public Modality Modality => inner.Modality;

    public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken) => inner.DescribeAsync(cancellationToken);

    public async Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Tenant is not null)
        {
            return await inner.EncodeAsync(batch, cancellationToken);
        }

        var record = calls.Current;
        CallRecords.AddItems(record, batch.Items);
        var outcomes = await inner.EncodeAsync(batch with { Tenant = calls.Tenant }, cancellationToken);
        foreach (var encoded in outcomes.Where(outcome => outcome.Encoded is not null))
        {
            record?.AddModel(encoded.Encoded!.Model.Id);
            record?.AddTokens(encoded.Usage.InputUnits, 0);
        }

        return outcomes;
    }
}
