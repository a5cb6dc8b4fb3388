using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Gateway.Intake;
using Sensorium.Gateway.Operations;
using Sensorium.Gateway.UnitTests.Fakes;
using Xunit;

namespace Sensorium.Gateway.UnitTests;

public sealed class EmbedOperationTests : IDisposable
{
    private readonly TestGateway _gateway = new();

    public void Dispose() => _gateway.Dispose();

    [Fact]
    public async Task Items_go_to_the_encoders_of_their_modalities_and_come_back_in_order()
    {
        var embedded = await RunAsync(TestGateway.Text("a", 0), TestGateway.Picture(7, 1), TestGateway.Text("b", 2));

        Assert.Equal(["item-0", "item-1", "item-2"], embedded.Outcomes.Select(outcome => outcome.ItemId));
        Assert.Equal([["a", "b"]], _gateway.Encoders[Modality.Text].Batches);
        Assert.Equal([["7"]], _gateway.Encoders[Modality.Image].Batches);
        Assert.Equal(("space", 2), (embedded.SpaceId, embedded.Models.Count));
        Assert.Equal(0, _gateway.Media.Open);
    }

    [Fact]
    public async Task A_bad_item_fails_alone_and_names_its_field()
    {
        var unreadable = MediaInput.Read("items[2]", "", () => throw SensoriumException.Invalid(ErrorReasons.NoSource, "items[2] has no source", "items[2].source"));

        var embedded = await RunAsync(TestGateway.Text("a", 0), TestGateway.Picture(0xFF, 1), unreadable, TestGateway.Text(new string('x', 101), 3));

        Assert.Equal(
            [null, "items[1]", "items[2].source", "items[3].text"], embedded.Outcomes.Select(outcome => outcome.Error?.Field));
        Assert.NotNull(embedded.Outcomes[0].Encoded);
        Assert.Equal(0, _gateway.Media.Open);
    }

    [Fact]
    public async Task Only_if_nothing_succeeds_is_an_encoders_failure_the_requests()
    {
        _gateway.Encoders[Modality.Text].Failure = SensoriumException.Overloaded("busy", TimeSpan.FromSeconds(1));

        var mixed = await RunAsync(TestGateway.Text("a", 0), TestGateway.Picture(1, 1));

        Assert.Equal(ErrorReasons.Overloaded, mixed.Outcomes[0].Error?.Reason);
        Assert.NotNull(mixed.Outcomes[1].Encoded);
        var error = await Assert.ThrowsAsync<SensoriumException>(() => RunAsync(TestGateway.Text("a")));
        Assert.Equal(TimeSpan.FromSeconds(1), error.RetryAfter);
    }

    [Fact]
    public async Task Large_requests_are_cut_into_batches_that_the_encoder_takes()
    {
        _gateway.Encoders[Modality.Text].MaxItems = 2;

        await RunAsync([.. "abc".Select((letter, i) => TestGateway.Text($"{letter}", i))]);

        Assert.Equal([["a", "b"], ["c"]], _gateway.Encoders[Modality.Text].Batches);
    }

    [Theory]
    [InlineData(0, ErrorReasons.NoMedia)]
    [InlineData(5, ErrorReasons.TooManyItems)]
    public async Task A_list_of_the_wrong_length_fails_the_request(int items, string reason)
    {
        var error = await Assert.ThrowsAsync<SensoriumException>(() => RunAsync([.. Enumerable.Range(0, items).Select(i => TestGateway.Text("x", i))]));

        Assert.Equal((reason, "items"), (error.Reason, error.Field));
    }

    private Task<Embedded> RunAsync(params MediaInput[] items) =>
        new EmbedOperation(_gateway.Intake, _gateway.Embedder).RunAsync(items, TestGateway.Template, "items", TestContext.Current.CancellationToken);
}
