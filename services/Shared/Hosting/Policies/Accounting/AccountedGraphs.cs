using Sensorium.Core.Models;
using Sensorium.Core.Tensors;

namespace Sensorium.Hosting.Policies.Accounting;

/// <summary>As <see cref="AccountedEncoder"/>, of bare graphs. What a graph reads is counted in rows, whatever its tensors hold.</summary>
internal sealed class AccountedGraphs(IGraphInference inner, CallRecords calls) : IGraphInference
{
    public ValueTask<ServedModels<GraphDescription>> DescribeAsync(CancellationToken cancellationToken) => inner.DescribeAsync(cancellationToken);

    public async Task<InferResult> InferAsync(InferJob job, CancellationToken cancellationToken)
    {
        var record = calls.Current;
        record?.AddItem();
        var result = await inner.InferAsync(job with { Tenant = job.Tenant ?? calls.Tenant }, cancellationToken);
        if (record is not null)
        {
            var served = await inner.DescribeAsync(cancellationToken);
            record.AddModel(result.Model.Id);
            record.AddTokens(served.Find(job.Model)?.RowsOf(job.Inputs) ?? 1, 0);
        }

        return result;
    }
}
