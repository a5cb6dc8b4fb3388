using System.Globalization;
using Sensorium.Core.Errors;

namespace Sensorium.Media;

/// <summary>The failures that this project reports, each with the measured value and the limit where there is one.</summary>
internal static class MediaError
{
    public static SensoriumException Empty() =>
        SensoriumException.Invalid(ErrorReasons.EmptyMedia, "The medium has no bytes.");

    public static SensoriumException Undecodable(string message, Exception? inner = null) =>
        SensoriumException.Invalid(ErrorReasons.UndecodableMedia, message, inner: inner);

    /// <summary>RESOURCE_EXHAUSTED without a retry delay: sending it again cannot help.</summary>
    public static SensoriumException Exceeded(string message) =>
        new(ErrorCode.ResourceExhausted, ErrorReasons.UndecodableMedia, message);

    public static SensoriumException Truncated(string message, Exception? inner = null) =>
        SensoriumException.Invalid(ErrorReasons.TruncatedMedia, message, inner: inner);

    public static SensoriumException NoSuchTrack(string message) =>
        SensoriumException.Invalid(ErrorReasons.NoSuchTrack, message);

    public static SensoriumException UnsupportedTrack(string message) =>
        SensoriumException.Invalid(ErrorReasons.UnsupportedTrack, message);

    public static SensoriumException TooManyPixels(long width, long height, long maxPixels) =>
        new(ErrorCode.InvalidArgument, ErrorReasons.TooManyPixels,
            string.Create(CultureInfo.InvariantCulture, $"The picture has {width} x {height} = {width * height} pixels; at most {maxPixels} are allowed."))
        {
            Metadata = Facts(("width", width), ("height", height), ("pixels", width * height), ("max_pixels", maxPixels)),
        };

    public static SensoriumException SideTooLong(long width, long height, long maxSide) =>
        new(ErrorCode.InvalidArgument, ErrorReasons.TooManyPixels,
            string.Create(CultureInfo.InvariantCulture, $"The picture is {width} x {height} pixels; at most {maxSide} are allowed on a side."))
        {
            Metadata = Facts(("width", width), ("height", height), ("max_side", maxSide)),
        };

    /// <summary>Another replica, or this one a little later, may have the memory.</summary>
    public static SensoriumException OutOfMemory() =>
        new(ErrorCode.ResourceExhausted, ErrorReasons.Overloaded, "There is not enough memory to decode this picture now.")
        {
            RetryAfter = TimeSpan.FromSeconds(1),
        };

    public static SensoriumException TooLong(TimeSpan measured, TimeSpan allowed) =>
        new(ErrorCode.InvalidArgument, ErrorReasons.MediaTooLong,
            string.Create(CultureInfo.InvariantCulture, $"The medium lasts {measured.TotalSeconds:0.###} s; at most {allowed.TotalSeconds:0.###} s are allowed."))
        {
            Metadata = Facts(("seconds", (long)measured.TotalSeconds), ("max_seconds", (long)allowed.TotalSeconds)),
        };

    /// <summary>RESOURCE_EXHAUSTED without a retry delay: sending it again cannot help.</summary>
    public static SensoriumException TooLarge(long measured, long allowed) =>
        new(ErrorCode.ResourceExhausted, ErrorReasons.MediaTooLarge,
            string.Create(CultureInfo.InvariantCulture, $"The medium has at least {measured} bytes; at most {allowed} are allowed."))
        {
            Metadata = Facts(("bytes", measured), ("max_bytes", allowed)),
        };

    public static SensoriumException NotFound(string sha256) =>
        new(ErrorCode.NotFound, ErrorReasons.MediaNotFound, $"No medium with SHA-256 {sha256} is kept here; upload it (again).");

    public static SensoriumException HashMismatch(string announced, string measured) =>
        new(ErrorCode.InvalidArgument, ErrorReasons.HashMismatch, $"The content has SHA-256 {measured}, but {announced} was announced.")
        {
            Metadata = new Dictionary<string, string> { ["sha256"] = measured, ["announced_sha256"] = announced },
        };

    private static Dictionary<string, string> Facts(params ReadOnlySpan<(string Name, long Value)> facts)
    {
        var result = new Dictionary<string, string>(facts.Length);
        foreach (var (name, value) in facts)
        {
            result[name] = value.ToString(CultureInfo.InvariantCulture);
        }

        return result;
    }
}
