using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Encoding;

/// <summary>Vectors can be compared within one space only.</summary>
internal static class Spaces
{
    /// <exception cref="SensoriumException">SPACE_MISMATCH, naming both spaces.</exception>
    public static void Check(string space, string other)
    {
        if (space != other)
        {
            throw new SensoriumException(
                ErrorCode.FailedPrecondition,
                ErrorReasons.SpaceMismatch,
                $"The media are embedded in different spaces, \"{space}\" and \"{other}\", which cannot be compared.");
        }
    }
}
