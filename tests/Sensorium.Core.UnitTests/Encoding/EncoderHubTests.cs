using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Core.Models;
using Xunit;

namespace Sensorium.Core.UnitTests.Encoding;

public sealed class EncoderHubTests : IAsyncDisposable
{
    private readonly PipelineFixture _fixture = new();
    private readonly EncoderHub _hub = new(Modality.Text);

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await _fixture.DisposeAsync();
    }

    [Theory]
    [InlineData("other", null)]
    [InlineData(null, "older")]
    public async Task A_model_that_is_not_served_is_a_failed_precondition_that_names_those_that_are(string? id, string? revision)
    {
        _hub.Add(_fixture.Pipeline, isDefault: true);

        var error = await RefusedAsync(new ModelSelector(id, revision));

        Assert.Equal((ErrorCode.FailedPrecondition, ErrorReasons.ModelMismatch), (error.Code, error.Reason));
        Assert.Contains($"'{_fixture.Pipeline.Description.Model.Id}'", error.Message);
    }

    [Fact]
    public async Task A_hub_without_models_says_that_nothing_here_can_do_it()
    {
        _hub.MarkLoaded();

        var error = await RefusedAsync(null);

        Assert.Equal((ErrorCode.FailedPrecondition, ErrorReasons.ModelNotServed), (error.Code, error.Reason));
        Assert.Contains("text", error.Message);
        Assert.False(_hub.IsRequired);
        Assert.NotNull(await _hub.CheckAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_default_that_cannot_be_loaded_is_not_replaced_by_another_model()
    {
        _hub.Add(_fixture.Pipeline, isDefault: false);
        _hub.Fail(new UnservedModel("broken", "its graph is cut off", IsDefault: true));

        var error = await RefusedAsync(null);

        Assert.Equal(ErrorReasons.ModelNotServed, error.Reason);
        Assert.Contains("its graph is cut off", error.Message);
    }

    [Fact]
    public async Task The_model_that_is_named_answers_and_after_its_removal_does_not()
    {
        _fixture.Gate.SetResult();
        _hub.Add(_fixture.Pipeline, isDefault: true);
        var id = _fixture.Pipeline.Description.Model.Id;

        var outcome = (await _hub.EncodeAsync(Batch(new ModelSelector(id, null)), CancellationToken.None))[0];
        await _hub.RemoveAsync(id);

        Assert.Equal(id, outcome.Encoded!.Model.Id);
        Assert.Equal(ErrorReasons.ModelNotServed, (await RefusedAsync(new ModelSelector(id, null))).Reason);
    }

    private async Task<SensoriumException> RefusedAsync(ModelSelector? model) => await Assert.ThrowsAsync<SensoriumException>(
        () => _hub.EncodeAsync(Batch(model), CancellationToken.None));

    private static EncodeBatch Batch(ModelSelector? model) => new("r", [new MediaItem("a", new InlineSource((byte[])[1]))], Model: model);
}
