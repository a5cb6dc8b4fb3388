using System.Text.Json;

namespace Sensorium.Gateway.Http.OpenAi;

internal static class JsonStrings
{
    /// <exception cref="Core.Errors.SensoriumException">Not a string, or one with half a surrogate pair.</exception>
    public static string Read(JsonElement value, string field)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            throw EmbeddingsRequest.Wrong(field, "must be a string");
        }

        try
        {
            return value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            throw EmbeddingsRequest.Wrong(field, "is not valid Unicode");
        }
    }
}
