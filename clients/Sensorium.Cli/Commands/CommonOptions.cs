using System.CommandLine;
using Sensorium.Client;

namespace Sensorium.Cli.Commands;

/// <summary>Options that every command has.</summary>
internal sealed class CommonOptions
{
    private const string DefaultAddress = "http://127.0.0.1:7100";

    public Option<Uri> Address { get; } = new("--address", "-a")
    {
        Description = "The gateway. Default: $SENSORIUM_ADDRESS, else " + DefaultAddress,
        CustomParser = result => ParseAddress(result.Tokens[0].Value),
        DefaultValueFactory = _ => ParseAddress(Environment.GetEnvironmentVariable("SENSORIUM_ADDRESS") is { Length: > 0 } address ? address : DefaultAddress),
    };

    public Option<bool> Json { get; } = new("--json") { Description = "One JSON object per result, on one line" };

    public void AddTo(Command command)
    {
        command.Add(Address);
        command.Add(Json);
    }

    public SensoriumClient Connect(ParseResult parsed) => new(parsed.GetRequiredValue(Address).AbsoluteUri);

    /// <summary>host:port is enough; without a scheme it is plain HTTP/2, as on one machine or inside a cluster.</summary>
    private static Uri ParseAddress(string text) =>
        new(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute);
}
