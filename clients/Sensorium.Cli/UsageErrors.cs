using System.CommandLine.Parsing;

namespace Sensorium.Cli;

/// <summary>What is wrong with a command line, in its user's words: the parser names types of the runtime.</summary>
internal static class UsageErrors
{
    private static readonly Type[] Whole = [typeof(int), typeof(long)];
    private static readonly Type[] Natural = [typeof(uint), typeof(ulong)];
    private static readonly Type[] Real = [typeof(float), typeof(double)];

    public static string Tell(ParseError error) =>
        error.SymbolResult is OptionResult { Tokens: [.., var last] } option
        && error.Message.Contains(option.Option.ValueType.ToString(), StringComparison.Ordinal)
        && NeededOf(option.Option.ValueType) is { } needed
            ? $"{option.Option.Name} is {last.Value}; it must be {needed}"
            : error.Message;

    private static string? NeededOf(Type type)
    {
        var value = Nullable.GetUnderlyingType(type) ?? type;
        return Whole.Contains(value) ? "a whole number"
            : Natural.Contains(value) ? "a whole number, not below 0"
            : Real.Contains(value) ? "a number"
            : null;
    }
}
