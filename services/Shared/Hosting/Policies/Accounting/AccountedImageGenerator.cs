using System.Runtime.CompilerServices;
using Sensorium.Core.Diffusion;
using Sensorium.Core.Models;

namespace Sensorium.Hosting.Policies.Accounting;

/// <summary>As <see cref="AccountedGenerator"/>, of pictures: each that is made counts as an item.</summary>
internal sealed class AccountedImageGenerator(IImageGenerator inner, CallRecords calls) : IImageGenerator
{
    public ValueTask<ServedModels<ImageModelDescription>> DescribeAsync(CancellationToken cancellationToken) => inner.DescribeAsync(cancellationToken);

    public async IAsyncEnumerable<ImageEvent> GenerateAsync(ImageJob job, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var record = calls.Current;
        if (job.Start is { } start)
        {
            CallRecords.AddItems(record, start);
        }

        await foreach (var made in inner.GenerateAsync(job with { Tenant = job.Tenant ?? calls.Tenant }, cancellationToken))
        {
            if (made is ImageStarted started)
            {
                record?.AddModel(started.Model.Id);
            }
            else if (made is ImageFinished)
            {
                record?.AddItem();
            }

            yield return made;
        }
    }
}
