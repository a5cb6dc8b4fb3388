using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Http;

/// <summary>What is wrong with a member of a body.</summary>
internal static class BodyErrors
{
    /// <summary>INVALID_PARAMETER of the field, as "model is missing."</summary>
    public static SensoriumException Wrong(string field, string fault) =>
        SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"{field} {fault}.", field);
}
