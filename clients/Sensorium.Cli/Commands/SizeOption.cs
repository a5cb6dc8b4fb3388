using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

namespace Sensorium.Cli.Commands;

/// <summary>Width and height of pictures, as 512x512.</summary>
internal static class SizeOption
{
    public static Option<(int Width, int Height)?> Create() => new("--size") { Description = "As 512x512; default: the model's own", CustomParser = Parse };

    private static (int Width, int Height)? Parse(ArgumentResult result)
    {
        if (result.Tokens[0].Value.Split('x') is [var width, var height]
            && int.TryParse(width, NumberStyles.None, CultureInfo.InvariantCulture, out var wide)
            && int.TryParse(height, NumberStyles.None, CultureInfo.InvariantCulture, out var high))
        {
            return (wide, high);
        }

        result.AddError($"--size is {result.Tokens[0].Value}; it is a width and a height as 512x512.");
        return null;
    }
}
