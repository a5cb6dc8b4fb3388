using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace Sensorium.Cli.Commands.Collections;

/// <summary>name=value, where a number is a number and true and false are booleans.</summary>
internal static class MetadataArguments
{
    public static Struct Read(IEnumerable<string> arguments)
    {
        var metadata = new Struct();
        foreach (var argument in arguments)
        {
            var at = argument.IndexOf('=', StringComparison.Ordinal);
            metadata.Fields[argument[..at]] = Read(argument[(at + 1)..]);
        }

        return metadata;
    }

    public static string? Fault(string argument) => argument.IndexOf('=', StringComparison.Ordinal) > 0 ? null : $"--metadata {argument}: write it as name=value.";

    private static Value Read(string text) => text switch
    {
        "true" => Value.ForBool(true),
        "false" => Value.ForBool(false),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) => Value.ForNumber(number),
        _ => Value.ForString(text),
    };
}
