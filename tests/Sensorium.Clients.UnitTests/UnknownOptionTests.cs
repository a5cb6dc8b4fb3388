using System.CommandLine;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

/// <summary>An option that a command does not have is told by its name, and never taken for a medium, a query or an id.</summary>
public sealed class UnknownOptionTests : GatewayFixture
{
    [Fact]
    public async Task Every_command_names_an_option_that_it_does_not_have()
    {
        using var console = new Cli.CliConsole(TextWriter.Null, TextWriter.Null, interactive: false);
        foreach (var path in Leaves(Cli.Cli.Root(console), []))
        {
            var (exitCode, output, error) = await RunAsync([.. path, "--no-such-option", "word"]);

            Assert.Equal((2, ""), (exitCode, output));
            Assert.Contains("sensorium: there is no option '--no-such-option'", error, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("embed", "-z", "text:a")]
    [InlineData("embed", "text:a", "-z")]
    public async Task A_short_one_is_named_too(params string[] arguments)
    {
        var (exitCode, _, error) = await RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains("there is no option '-z'", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--count is many; it must be a whole number", "draw", "a", "--count", "many")]
    [InlineData("--steps is 1.5; it must be a whole number", "draw", "a", "--steps", "1.5")]
    [InlineData("--seed is -1; it must be a whole number, not below 0", "draw", "a", "--seed", "-1")]
    [InlineData("--guidance is much; it must be a number", "draw", "a", "--guidance", "much")]
    public async Task A_value_that_is_no_number_is_told_without_the_runtimes_types(string message, params string[] arguments)
    {
        var (exitCode, _, error) = await RunAsync(arguments);

        Assert.Equal(2, exitCode);
        Assert.Contains($"sensorium: {message}{Environment.NewLine}", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_follows_two_dashes_or_an_option_is_a_word()
    {
        var texts = new List<string>();
        Gateway.OnEmbed = request =>
        {
            texts.AddRange(request.Items.Select(item => item.Text));
            return new EmbedResponse { Results = { request.Items.Select(item => new EncodeResult { ItemId = item.ItemId, Encoded = new EncodedMedia { Embedding = Events.Vector(1) } }) } };
        };

        var (exitCode, _, error) = await RunAsync("embed", "--text=-5 degrees", "--text", "-5");
        var (missing, _, told) = await RunAsync("embed", "--", "--is-a-file");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Equal(["-5 degrees", "-5"], texts);
        Assert.NotEqual(0, missing);
        Assert.Contains("--is-a-file: no such file", told, StringComparison.Ordinal);
    }

    private static IEnumerable<string[]> Leaves(Command command, string[] path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(sub => Leaves(sub, [.. path, sub.Name]));
}
