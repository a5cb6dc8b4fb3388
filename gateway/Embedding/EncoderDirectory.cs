using Sensorium.Core.Encoding;
using Sensorium.Core.Media;

namespace Sensorium.Gateway.Embedding;

/// <summary>The encoder of each modality, here or remote.</summary>
internal sealed class EncoderDirectory(IServiceProvider services)
{
    public static IReadOnlyList<Modality> Modalities { get; } = [Modality.Text, Modality.Image, Modality.Audio, Modality.Video];

    public IEncoder this[Modality modality] => services.GetRequiredKeyedService<IEncoder>(modality);

    /// <summary>Which encoder takes an item: a track of a video goes where its kind is served.</summary>
    public static Modality RouteOf(MediaItem item) => (item.Modality, item.Track) switch
    {
        (Modality.Video, MediaTrack.Audio) => Modality.Audio,
        (Modality.Video, MediaTrack.Subtitles) => Modality.Text,
        var (modality, _) => modality ?? throw new InvalidOperationException($"The modality of {item.ItemId} has not been told."),
    };
}
