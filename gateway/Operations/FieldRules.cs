using System.Diagnostics.CodeAnalysis;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Operations;

/// <summary>What the rules of all operations have in common: a fault names its field.</summary>
internal static class FieldRules
{
    /// <exception cref="SensoriumException">INVALID_PARAMETER, unless it is right.</exception>
    public static void Require([DoesNotReturnIf(false)] bool right, string field, string fault)
    {
        if (!right)
        {
            throw SensoriumException.Invalid(ErrorReasons.InvalidParameter, $"{field} {fault}.", field);
        }
    }
}
