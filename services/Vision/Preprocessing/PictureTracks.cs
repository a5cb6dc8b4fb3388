using Sensorium.Core.Errors;
using Sensorium.Core.Media;

namespace Sensorium.Vision.Preprocessing;

internal static class PictureTracks
{
    /// <exception cref="SensoriumException">UNSUPPORTED_TRACK: a part of a video is asked for.</exception>
    public static void RefuseAny(MediaItem item)
    {
        if (item.Track != MediaTrack.Default)
        {
            throw SensoriumException.Invalid(ErrorReasons.UnsupportedTrack, $"A picture has no tracks, but {item.Track} was asked for.");
        }
    }
}
