using Sensorium.Core.Media;
using Sensorium.Media.Sound;

namespace Sensorium.Gateway.Operations.Live.Sound;

/// <summary>Sound that is looked at as one medium.</summary>
internal sealed record SoundPiece(LiveMoment Moment, float[] Samples) : LiveMaterial(Moment)
{
    public MediaItem ToItem() => new("sound", new InlineSource(WaveWriter.Write(Samples, SoundStream.SampleRate)), Modality.Audio, "audio/wav");
}
