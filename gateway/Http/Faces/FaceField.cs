using System.Globalization;
using System.Text.Json;

namespace Sensorium.Gateway.Http.Faces;

/// <summary>One member of a request that a face knows.</summary>
/// <param name="Name">As on the wire.</param>
/// <param name="Meaning">What it does; of a member that is not honoured, why.</param>
internal sealed record FaceField(string Name, string Meaning)
{
    /// <summary>The values, as JSON, that change nothing; null if the member is honoured.</summary>
    public IReadOnlyList<string>? Neutral { get; init; }

    /// <summary>A member that the API has and that cannot be honoured: values other than those that change nothing are refused.</summary>
    public static FaceField Refused(string name, string why, params string[] neutral) => new(name, why) { Neutral = neutral };

    /// <exception cref="Core.Errors.SensoriumException">INVALID_PARAMETER: it is there, and it cannot be honoured.</exception>
    public void Check(JsonElement body, string under)
    {
        if (Neutral is not null && body.Find(Name) is { } value && !IsNeutral(value))
        {
            throw BodyErrors.Wrong(under + Name, $"cannot be honoured: {Meaning}");
        }
    }

    // False, unless true is the rule, and what is empty ask for nothing; what is made of parts asks for what its parts ask for.
    private bool IsNeutral(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.False => !Neutral!.Contains("true") || Neutral!.Contains("false"),
        JsonValueKind.Array => value.EnumerateArray().All(IsNeutral),
        JsonValueKind.Object => value.EnumerateObject().All(member => IsNeutral(member.Value)),
        JsonValueKind.Number => Neutral!.Any(text =>
            double.TryParse(text, CultureInfo.InvariantCulture, out var number) && value.TryGetDouble(out var given) && given == number),
        var kind => Neutral!.Contains(value.GetRawText()) || (kind == JsonValueKind.String && value.ValueEquals("")),
    };
}
