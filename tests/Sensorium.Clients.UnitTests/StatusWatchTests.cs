using Grpc.Core;
using Sensorium.V1;
using Xunit;

namespace Sensorium.Clients.UnitTests;

public sealed class StatusWatchTests : GatewayFixture
{
    private readonly CancellationTokenSource _end = CancellationTokenSource.CreateLinkedTokenSource(TestEnd);
    private int _looks;

    [Fact]
    public async Task Every_look_is_shown_until_it_is_interrupted_and_that_is_no_failure()
    {
        Gateway.OnStatus = () => Look(_looks > 1 ? new ServiceStatus { Name = "vision", Ready = true } : new ServiceStatus { Name = "vision", Detail = "loading" });

        var (exitCode, output, error) = await RunUntilAsync(_end.Token, "status", "--watch", "--interval", "0.05");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("no: loading", output);
        Assert.Contains("yes", output);
        Assert.Contains("0:00:00", output);
    }

    [Fact]
    public async Task A_gateway_that_is_away_is_asked_again()
    {
        Gateway.OnStatus = () => _looks == 0 && ++_looks > 0 ? throw new RpcException(new Status(StatusCode.Unavailable, "away")) : Look(new ServiceStatus { Name = "vision", Ready = true });

        var (exitCode, output, _) = await RunUntilAsync(_end.Token, "status", "--watch", "--interval", "0.05");

        Assert.Equal(0, exitCode);
        Assert.Contains("the gateway does not answer", output);
        Assert.Contains("vision", output);
    }

    [Fact]
    public async Task Top_is_the_watch_by_another_name()
    {
        Gateway.OnStatus = () => Look(new ServiceStatus { Name = "vision", Ready = true });

        var (exitCode, output, error) = await RunUntilAsync(_end.Token, "top", "--interval", "0.05");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("vision", output);
        Assert.Contains("top draws a table", (await RunAsync("top", "--json")).Error);
    }

    [Theory]
    [InlineData("--interval is between", "--interval", "0")]
    [InlineData("--watch draws a table", "--json")]
    public async Task What_makes_no_sense_is_wrong_usage(string message, params string[] arguments)
    {
        var (exitCode, _, error) = await RunAsync(["status", "--watch", .. arguments]);

        Assert.Equal(2, exitCode);
        Assert.Contains(message, error);
    }

    // The last look may still be answered; the watch ends with it.
    private StatusResponse Look(ServiceStatus service)
    {
        if (++_looks >= 4)
        {
            // Not here: what is cancelled would go on in this call, which it waits for.
            _ = _end.CancelAsync();
        }

        return new StatusResponse { Version = "1.2", Services = { service } };
    }
}
