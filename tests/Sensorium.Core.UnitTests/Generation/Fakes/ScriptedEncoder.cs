using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;

namespace Sensorium.Core.UnitTests.Generation.Fakes;

/// <summary>Gives what the test says for each item, and remembers what it was asked.</summary>
internal sealed class ScriptedEncoder(Modality modality, Func<MediaItem, EncodeOutcome> answer) : IEncoder
{
    public Modality Modality => modality;

    public List<EncodeBatch> Batches { get; } = [];

    public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken)
    {
        Batches.Add(batch);
        return Task.FromResult<IReadOnlyList<EncodeOutcome>>([.. batch.Items.Select(answer)]);
    }
}
