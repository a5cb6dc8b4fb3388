using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class CompareOperationTests : IDisposable
{
    private readonly TestGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Every_left_meets_every_right()
    {
        _gateway.Encoders[Modality.Text].Vector = text => text == "up" ? [0, 1] : [1, 0];
        _gateway.Encoders[Modality.Image].Vector = _ => [0.6f, 0.8f];

        var comparison = await RunAsync();

        Assert.Equal((2, 1), (comparison.Left, comparison.Right));
        Assert.Equal([0.8f, 0.6f], comparison.Similarities);
    }

    [Fact]
    public async Task Two_spaces_are_refused_by_their_names()
    {
        _gateway.Encoders[Modality.Image].SpaceId = "elsewhere";

        var error = await Assert.ThrowsAsync<SensoriumException>(RunAsync);

        Assert.Equal((ErrorCode.FailedPrecondition, ErrorReasons.SpaceMismatch), (error.Code, error.Reason));
        Assert.Contains("\"space\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"elsewhere\"", error.Message, StringComparison.Ordinal);
    }

    private Task<Comparison> RunAsync() => new CompareOperation(_gateway.Intake, _gateway.Embedder).RunAsync(
        [TestGateway.Text("up", 0), TestGateway.Text("right", 1)],
        [TestGateway.Picture(1, field: "right")],
        TestGateway.Template,
        TestContext.Current.CancellationToken);
}
