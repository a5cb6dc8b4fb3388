using Sensorium.Core.Encoding;
using Sensorium.Core.Media;
using Sensorium.Core.Modalities;

namespace Sensorium.Gateway.Encoding;

/// <summary>The encoder of each modality, here or remote.</summary>
internal sealed class EncoderDirectory(IServiceProvider services)
{
    public static IReadOnlyList<Modality> Modalities { get; } = [.. ModalityTable.All.Select(row => row.Modality)];

    public IEncoder this[Modality modality] => services.GetRequiredKeyedService<IEncoder>(modality);

    /// <summary>Which encoder takes an item: a track of a video goes where its kind is served.</summary>
    public static Modality RouteOf(MediaItem item)
    {
        var modality = item.Modality ?? throw new InvalidOperationException($"The modality of {item.ItemId} has not been told.");
        return TrackTable.EncoderOf(modality, item.Track) ?? modality;
    }
}
