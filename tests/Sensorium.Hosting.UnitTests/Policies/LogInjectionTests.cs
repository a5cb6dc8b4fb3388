using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Sensorium.Hosting.UnitTests.Hosts;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Policies;

/// <summary>Words of callers stand in logs, as ids and paths; none of them begins a line of its own.</summary>
public sealed class LogInjectionTests
{
    private const string Words = "item\ncrit: Sensorium.Hosting[5031]\r\n      all is lost";

    [Theory]
    [InlineData(ConsoleFormatterNames.Simple)]
    [InlineData(ConsoleFormatterNames.Json)]
    [InlineData(ConsoleFormatterNames.Systemd)]
    public void A_line_cannot_be_forged(string name)
    {
        var (builder, _) = EncoderHost.CreateBuilder();
        builder.Logging.AddConsole();
        var formatter = builder.Build().Services.GetServices<ConsoleFormatter>().Single(formatter => formatter.Name == name);
        using var written = new StringWriter();

        formatter.Write(
            new LogEntry<string>(LogLevel.Error, "Sensorium", new EventId(1200), Words, new InvalidOperationException(Words), (state, _) => $"The encoder failed on {state}."),
            null,
            written);

        Assert.DoesNotContain(written.ToString().Split(['\n', '\r']), line => line.StartsWith("crit", StringComparison.Ordinal));
    }
}
