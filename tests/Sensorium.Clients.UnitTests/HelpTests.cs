using System.CommandLine.Parsing;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class HelpTests : GatewayFixture
{
    [Fact]
    public async Task Help_names_every_command_and_shows_examples_that_can_be_typed()
    {
        var (exitCode, output, _) = await RunAsync("--help");

        Assert.Equal(0, exitCode);
        using var console = new Cli.CliConsole(TextWriter.Null, TextWriter.Null, interactive: false);
        var root = Cli.Cli.Root(console);
        Assert.All(root.Subcommands, command => Assert.Contains($"\n  {command.Name}", output, StringComparison.Ordinal));
        var examples = output.Split('\n').Select(line => line.Trim()).Where(line => line.StartsWith("sensorium ", StringComparison.Ordinal) && !line.Contains('[')).ToArray();
        Assert.True(examples.Length >= 8, output);
        Assert.All(examples, example => Assert.Empty(root.Parse([.. CommandLineParser.SplitCommandLine(example).Skip(1)]).Errors));
    }

    [Fact]
    public async Task Every_command_tells_what_it_does_and_what_each_of_its_options_is()
    {
        using var console = new Cli.CliConsole(TextWriter.Null, TextWriter.Null, interactive: false);
        foreach (var command in Cli.Cli.Root(console).Subcommands)
        {
            var (exitCode, output, _) = await RunAsync(command.Name, "--help");

            Assert.Equal(0, exitCode);
            Assert.Contains(command.Description!, output, StringComparison.Ordinal);
            Assert.All(command.Options, option => Assert.False(string.IsNullOrEmpty(option.Description), $"{command.Name} {option.Name}"));
            Assert.All(command.Arguments, argument => Assert.False(string.IsNullOrEmpty(argument.Description), $"{command.Name} {argument.Name}"));
        }
    }
}
