using System.Text.Json;

namespace Sensorium.Gateway.Http;

/// <summary>Members of a JSON object, by name. One that is null counts as missing; one of the wrong type is named in the error.</summary>
internal static class JsonMembers
{
    public static JsonElement? Find(this JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value : null;

    /// <param name="json">The object.</param>
    /// <param name="name">Of the member.</param>
    /// <param name="under">Where the object is in the request, as "options."; stands before the name in errors.</param>
    public static string? FindString(this JsonElement json, string name, string under = "") =>
        json.Find(name) is { } value ? JsonStrings.Read(value, under + name) : null;

    public static string RequireString(this JsonElement json, string name, string under = "") =>
        json.FindString(name, under) ?? throw BodyErrors.Wrong(under + name, "is missing");

    /// <summary>A string that is not empty.</summary>
    public static string RequireName(this JsonElement json, string name, string under = "") =>
        json.FindString(name, under) is { Length: > 0 } given ? given : throw BodyErrors.Wrong(under + name, "is missing");

    public static bool FindFlag(this JsonElement json, string name, bool otherwise = false, string under = "") => json.Find(name)?.ValueKind switch
    {
        null => otherwise,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => throw BodyErrors.Wrong(under + name, "must be true or false"),
    };

    public static int? FindWhole(this JsonElement json, string name, int least, string under = "", int most = int.MaxValue) => json.Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } given when given.TryGetInt32(out var whole) && whole >= least && whole <= most => whole,
        _ => throw BodyErrors.Wrong(under + name, most == int.MaxValue ? $"must be a whole number of at least {least}" : $"must be a whole number from {least} to {most}"),
    };

    public static float? FindNumber(this JsonElement json, string name, float least, float most, string under = "") => json.Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Number } given when given.TryGetSingle(out var number) && number >= least && number <= most => number,
        _ => throw BodyErrors.Wrong(under + name, $"must be a number from {least} to {most}"),
    };

    /// <summary>The objects or strings of an array, each with where it is; null if the member is missing.</summary>
    public static IReadOnlyList<(JsonElement Value, string Field)>? FindList(this JsonElement json, string name, string under = "") => json.Find(name) switch
    {
        null => null,
        { ValueKind: JsonValueKind.Array } list => [.. list.EnumerateArray().Select((one, i) => (one, $"{under}{name}[{i}]"))],
        _ => throw BodyErrors.Wrong(under + name, "must be an array"),
    };

    /// <summary>One string, or an array of them; null if the member is missing.</summary>
    public static IReadOnlyList<string>? FindStrings(this JsonElement json, string name, string under = "") =>
        json.Find(name) is { ValueKind: JsonValueKind.String } one
            ? [JsonStrings.Read(one, under + name)]
            : json.FindList(name, under) is { } list ? [.. list.Select(entry => JsonStrings.Read(entry.Value, entry.Field))] : null;
}
