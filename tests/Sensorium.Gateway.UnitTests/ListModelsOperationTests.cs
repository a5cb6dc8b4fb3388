using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Models.Running;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class ListModelsOperationTests : IDisposable
{
    private readonly TestGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Every_model_of_every_service_is_listed_once()
    {
        _gateway.Encoders[Modality.Text].Serves = ["bundled", "clip"];
        _gateway.Encoders[Modality.Image].Serves = ["bundled", "clip"];
        _gateway.Encoders[Modality.Audio].Serves = ["bundled"];
        _gateway.Encoders[Modality.Video].Serves = [];

        Assert.Equal(["bundled", "clip"], await ListAsync());
    }

    [Fact]
    public async Task A_service_that_cannot_be_asked_is_left_out()
    {
        _gateway.Encoders[Modality.Text].Unreachable = SensoriumException.Unavailable(ErrorReasons.PeerUnavailable, "no answer");
        _gateway.Encoders[Modality.Text].Serves = ["clip"];

        Assert.Equal(["fake"], await ListAsync());
    }

    [Fact]
    public async Task Models_that_answer_are_told_with_what_goes_in_and_comes_out()
    {
        var served = await new ListModelsOperation(_gateway.Directory, new JoinedModels([_gateway.Models], new ModelChanges())).ServedAsync(TestContext.Current.CancellationToken);

        Assert.Equal([("fake", ModelState.Loaded), ("hearer", ModelState.Idle)], served.Select(model => (model.Id, model.State)));
        Assert.Equal(["text", "image"], served[0].Reads);
        Assert.Equal(["embedding", "text"], served[0].Writes);
        Assert.Equal(["audio"], served[1].Reads);
    }

    private Task<IReadOnlyList<string>> ListAsync() =>
        new ListModelsOperation(_gateway.Directory, new JoinedModels([_gateway.Models], new ModelChanges())).IdsAsync(TestContext.Current.CancellationToken);
}
