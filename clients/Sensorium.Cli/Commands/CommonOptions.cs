using System.CommandLine;
using Sensorium.Client;

namespace Sensorium.Cli.Commands;

/// <summary>Options that every command has.</summary>
internal sealed class CommonOptions
{
    private const string DefaultAddress = "http://127.0.0.1:7070";

    public Option<Uri> Address { get; } = new("--address", "-a")
    {
        Description = "The gateway. Default: $SENSORIUM_ADDRESS, else " + DefaultAddress,
        CustomParser = result => ParseAddress(result.Tokens[0].Value),
        DefaultValueFactory = _ => ParseAddress(Environment.GetEnvironmentVariable("SENSORIUM_ADDRESS") is { Length: > 0 } address ? address : DefaultAddress),
    };

    public Option<string> ApiKey { get; } = new("--api-key")
    {
        Description = "Sent with every call, where the gateway asks for one. Default: $SENSORIUM_API_KEY",
        DefaultValueFactory = _ => Environment.GetEnvironmentVariable("SENSORIUM_API_KEY") ?? "",
    };

    public Option<bool> Json { get; } = new("--json") { Description = "One JSON object per result, on one line" };

    public void AddTo(Command command)
    {
        command.Add(Address);
        command.Add(ApiKey);
        command.Add(Json);
    }

    /// <summary>Neither the command line nor the environment names a gateway.</summary>
    public bool IsAddressLeftOut(ParseResult parsed) =>
        parsed.GetResult(Address) is not { Implicit: false } && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("SENSORIUM_ADDRESS"));

    public SensoriumClient Connect(ParseResult parsed) => new(
        parsed.GetRequiredValue(Address).AbsoluteUri, new SensoriumClientOptions { ApiKey = parsed.GetValue(ApiKey) ?? "" });

    /// <summary>host:port is enough; without a scheme it is plain HTTP/2, as on one machine or inside a cluster.</summary>
    private static Uri ParseAddress(string text) =>
        new(text.Contains("://", StringComparison.Ordinal) ? text : $"http://{text}", UriKind.Absolute);
}
