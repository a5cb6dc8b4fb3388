using System.CommandLine;

namespace Sensorium.Cli.Commands;

/// <summary>Options whose absence leaves a choice to the server.</summary>
internal static class GivenValues
{
    /// <summary>Hands an option's value on where one was given.</summary>
    public static void Give<T>(this ParseResult parsed, Option<T?> option, Action<T> set)
        where T : struct
    {
        if (parsed.GetValue(option) is { } given)
        {
            set(given);
        }
    }
}
