using System.Globalization;
using System.Text.RegularExpressions;
using Sensorium.Core.Errors;

namespace Sensorium.Deciders.Storing;

/// <summary>"id", or "id@version".</summary>
/// <param name="Version">Null means the newest.</param>
public sealed partial record DeciderName(string Id, int? Version)
{
    /// <summary>Null if it is no name at all.</summary>
    public static DeciderName? Find(string text)
    {
        var match = Form().Match(text);
        return !match.Success ? null
            : new DeciderName(match.Groups["id"].Value, match.Groups["version"] is { Success: true } version ? int.Parse(version.ValueSpan, CultureInfo.InvariantCulture) : null);
    }

    /// <exception cref="SensoriumException">INVALID_PARAMETER: this cannot be the name of a folder of its own.</exception>
    public static string CheckId(string id) => Find(id) is { Version: null } ? id : throw SensoriumException.Invalid(
        ErrorReasons.InvalidParameter, $"decider is \"{id}\"; an id is 1 to 64 letters, digits, '-', '_' and '.', and begins with a letter or digit.", "decider");

    public override string ToString() => Version is null ? Id : $"{Id}@{Version}";

    [GeneratedRegex(@"^(?<id>[A-Za-z0-9][A-Za-z0-9._-]{0,63})(@(?<version>[0-9]{1,9}))?\z")]
    private static partial Regex Form();
}
