using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;

namespace Sensorium.Hosting.UnitTests.Hosts;

/// <summary>An encoder whose answers a test decides.</summary>
internal sealed class FakeEncoder : IEncoder
{
    public Func<MediaItem, CancellationToken, Task<EncodeOutcome>> Answer { get; set; } =
        (item, _) => Task.FromResult(new EncodeOutcome(item.ItemId) { Encoded = Samples.Encoded() });

    public List<EncodeBatch> Batches { get; } = [];

    /// <summary>How often it was asked what it is.</summary>
    public int Described { get; private set; }

    public Modality Modality => Modality.Image;

    public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken)
    {
        Described++;
        return ValueTask.FromResult(ServedModels.Only("vision", Samples.Description(Modality)));
    }

    public async Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken)
    {
        lock (Batches)
        {
            Batches.Add(batch);
        }

        return await Task.WhenAll(batch.Items.Select(item => Answer(item, cancellationToken)));
    }
}
