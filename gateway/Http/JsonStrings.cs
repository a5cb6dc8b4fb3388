using System.Text.Json;
using Sensorium.Core.Errors;

namespace Sensorium.Gateway.Http;

internal static class JsonStrings
{
    /// <exception cref="SensoriumException">Not a string, or one with half a surrogate pair.</exception>
    public static string Read(JsonElement value, string field)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw BodyErrors.Wrong(field, "must be a string");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw BodyErrors.Wrong(field, "is not valid Unicode");
        }
    }
}
