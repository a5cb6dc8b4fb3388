using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Models;

namespace Sensorium.GoldenTests.Generation;

/// <summary>Gives what the pack's encoders made beforehand, by the item's name: "Image-2".</summary>
internal sealed class KnownFeatures(Modality modality, GenerationFixture fixture) : IEncoder
{
    public Modality Modality => modality;

    public ValueTask<ServedModels<EncoderDescription>> DescribeAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

    public Task<IReadOnlyList<EncodeOutcome>> EncodeAsync(EncodeBatch batch, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<EncodeOutcome>>([.. batch.Items.Select(Outcome)]);

    private EncodeOutcome Outcome(MediaItem item)
    {
        var all = modality == Modality.Image ? fixture.Pictures : fixture.Sounds;
        var features = all[int.Parse(item.ItemId.Split('-')[1])];
        return new EncodeOutcome(item.ItemId)
        {
            Encoded = new EncodedMedia(new float[features.Width], [new EncodedSegment(null, new float[features.Width], features)], 1, false, fixture.Decoder.Identity),
        };
    }
}
