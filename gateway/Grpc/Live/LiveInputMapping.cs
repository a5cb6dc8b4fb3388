using Sensorium.Core.Errors;
using Sensorium.Gateway.Operations.Live;

namespace Sensorium.Gateway.Grpc.Live;

/// <summary>Frames and sounds of live streams.</summary>
internal static class LiveInputMapping
{
    /// <exception cref="SensoriumException">INVALID_ARGUMENT: the message is neither a frame nor a sound.</exception>
    public static LiveInput ToInput(this V1.LiveRequest request) => request.PartCase switch
    {
        V1.LiveRequest.PartOneofCase.Frame => ToInput(request.Frame),
        V1.LiveRequest.PartOneofCase.Sound => new LiveSound(request.Sound.Time.ToTime(TimeSpan.Zero, "sound.time"), request.Sound.Samples.Memory),
        _ => throw Invalid("Every message of a live stream after the first must carry a frame or a sound.", "frame"),
    };

    private static LiveFrame ToInput(V1.LiveFrame frame)
    {
        var time = frame.Time.ToTime(TimeSpan.Zero, "frame.time");
        return frame.PictureCase switch
        {
            V1.LiveFrame.PictureOneofCase.Data => new LiveFrame(time, frame.Data.Memory),
            V1.LiveFrame.PictureOneofCase.Raw => new LiveFrame(time, frame.Raw.Rgb.Memory, new RawSize(frame.Raw.Width, frame.Raw.Height)),
            _ => throw Invalid("frame has neither data nor raw pixels.", "frame"),
        };
    }

    private static SensoriumException Invalid(string message, string field) => SensoriumException.Invalid(ErrorReasons.InvalidParameter, message, field);
}
