using System.CommandLine;
using System.CommandLine.Parsing;

namespace Sensorium.Cli;

/// <summary>What looks like an option and is none of the command's: a command that takes any number of arguments would read it as one of them.</summary>
internal static class UnknownOptions
{
    public static IReadOnlyList<string> In(ParseResult parsed)
    {
        var meantAsArguments = parsed.Tokens.SkipWhile(token => token.Type != TokenType.DoubleDash).Select(token => token.Value).ToHashSet();
        return
        [
            .. parsed.CommandResult.Children.OfType<ArgumentResult>()
                .SelectMany(argument => argument.Tokens.Select(token => token.Value))
                .Concat(parsed.Errors.Count > 0 ? parsed.UnmatchedTokens : [])
                .Where(value => LooksLikeOption(value) && !meantAsArguments.Contains(value)),
        ];
    }

    // Neither a dash alone nor a number below zero.
    private static bool LooksLikeOption(string value) => value.Length > 1 && value[0] == '-' && !char.IsAsciiDigit(value[1]) && value[1] != '.';
}
