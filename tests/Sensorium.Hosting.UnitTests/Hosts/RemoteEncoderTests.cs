using Microsoft.Extensions.DependencyInjection;
using Sensorium.Core.Encoding;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Hosting.Grpc.Clients;
using Xunit;

namespace Sensorium.Hosting.UnitTests.Hosts;

public sealed class RemoteEncoderTests
{
    [Fact]
    public async Task A_remote_encoder_answers_as_a_local_one_would()
    {
        await using var host = await EncoderHost.StartAsync();
        await using var services = Services(host.Address);
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);

        var outcomes = await encoder.EncodeAsync(Batch("a", "b"), CancellationToken.None);
        var description = (await encoder.DescribeAsync(CancellationToken.None)).Default!;

        Assert.Equal(["a", "b"], outcomes.Select(outcome => outcome.ItemId));
        Assert.Equal(Samples.Encoded().Embedding.ToArray(), outcomes[0].Encoded!.Embedding.ToArray());
        Assert.Equal(Samples.Model, outcomes[0].Encoded!.Model);
        Assert.Equal((Samples.Model, 2, 3), (description.Model, description.EmbeddingWidth, description.FeatureWidth));
    }

    [Fact]
    public async Task Failures_of_the_service_come_back_as_they_were()
    {
        await using var host = await EncoderHost.StartAsync();
        await using var services = Services(host.Address);
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);
        host.Encoder.Answer = (item, _) => item.ItemId == "bad"
            ? Task.FromResult(EncodeOutcome.Failed("bad", SensoriumException.Invalid(ErrorReasons.UndecodableMedia, "no picture")))
            : throw SensoriumException.Overloaded("full", TimeSpan.FromSeconds(1));

        var outcome = Assert.Single(await encoder.EncodeAsync(Batch("bad"), CancellationToken.None));
        var failure = await Assert.ThrowsAsync<SensoriumException>(() => encoder.EncodeAsync(Batch("good"), CancellationToken.None));

        Assert.Equal((ErrorReasons.UndecodableMedia, "no picture"), (outcome.Error!.Reason, outcome.Error.Message));
        Assert.Equal((ErrorReasons.Overloaded, TimeSpan.FromSeconds(1)), (failure.Reason, failure.RetryAfter));
    }

    [Fact]
    public async Task A_service_that_is_gone_is_named_and_its_description_stays()
    {
        var host = await EncoderHost.StartAsync();
        await using var services = Services(host.Address);
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);
        await encoder.DescribeAsync(CancellationToken.None);
        await host.DisposeAsync();

        var failure = await Assert.ThrowsAsync<SensoriumException>(() => encoder.EncodeAsync(Batch("a"), CancellationToken.None));

        Assert.Equal((ErrorCode.Unavailable, ErrorReasons.PeerUnavailable, "vision"), (failure.Code, failure.Reason, failure.Metadata["service"]));
        Assert.Equal("rev", (await encoder.DescribeAsync(CancellationToken.None)).Default!.Model.Revision);
    }

    [Fact]
    public async Task Cancelling_reaches_the_service()
    {
        await using var host = await EncoderHost.StartAsync();
        await using var services = Services(host.Address);
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);
        using var cancel = new CancellationTokenSource();
        var stopped = new TaskCompletionSource();
        host.Encoder.Answer = async (_, cancellationToken) =>
        {
            cancellationToken.Register(stopped.SetResult);
            await cancel.CancelAsync();
            await Task.Delay(Timeout.Infinite, cancellationToken);
            return null!;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => encoder.EncodeAsync(Batch("a"), cancel.Token));
        await stopped.Task;
    }

    [Fact]
    public async Task The_deadline_of_the_batch_or_else_our_own_reaches_the_service()
    {
        await using var host = await EncoderHost.StartAsync();
        await using var services = Services(host.Address);
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);
        var deadline = DateTimeOffset.UtcNow.AddMinutes(5);

        await encoder.EncodeAsync(Batch("a") with { Deadline = deadline }, CancellationToken.None);
        await encoder.EncodeAsync(Batch("a"), CancellationToken.None);

        var deadlines = host.Encoder.Batches.Select(batch => batch.Deadline).ToArray();
        Assert.Equal(deadline, deadlines[0]!.Value, TimeSpan.FromSeconds(30));
        Assert.Equal(DateTimeOffset.UtcNow.AddMinutes(10), deadlines[1]!.Value, TimeSpan.FromSeconds(60));
    }

    [Fact]
    public async Task Large_batches_travel_in_parts()
    {
        await using var host = await EncoderHost.StartAsync();
        await using var services = Services(host.Address);
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);
        string[] ids = [.. Enumerable.Range(0, 100).Select(i => $"{i}")];

        var outcomes = await encoder.EncodeAsync(Batch(ids), CancellationToken.None);

        Assert.Equal(ids, outcomes.Select(outcome => outcome.ItemId));
        Assert.Equal([36, 64], host.Encoder.Batches.Select(batch => batch.Items.Count).Order());
    }

    [Fact]
    public async Task A_part_that_finds_another_in_its_way_waits_as_it_is_told()
    {
        await using var host = await EncoderHost.StartAsync();
        await using var services = Services(host.Address);
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);
        var answer = host.Encoder.Answer;
        var refusals = 2;
        host.Encoder.Answer = (item, cancellationToken) => item.ItemId == "64" && Interlocked.Decrement(ref refusals) >= 0
            ? throw SensoriumException.Overloaded("busy", TimeSpan.FromMilliseconds(1))
            : answer(item, cancellationToken);
        string[] ids = [.. Enumerable.Range(0, 100).Select(i => $"{i}")];

        var outcomes = await encoder.EncodeAsync(Batch(ids), CancellationToken.None);

        Assert.Equal(ids, outcomes.Select(outcome => outcome.ItemId));
        Assert.Equal(-1, refusals);
    }

    [Fact]
    public async Task A_batch_whose_first_part_is_refused_is_refused()
    {
        await using var host = await EncoderHost.StartAsync();
        await using var services = Services(host.Address);
        var encoder = services.GetRequiredKeyedService<IEncoder>(Modality.Image);
        host.Encoder.Answer = (_, _) => throw SensoriumException.Overloaded("busy", TimeSpan.FromMilliseconds(7));

        var error = await Assert.ThrowsAsync<SensoriumException>(
            () => encoder.EncodeAsync(Batch([.. Enumerable.Range(0, 100).Select(i => $"{i}")]), CancellationToken.None));

        Assert.Equal((ErrorReasons.Overloaded, TimeSpan.FromMilliseconds(7)), (error.Reason, error.RetryAfter));
    }

    private static EncodeBatch Batch(params string[] ids) =>
        new("r", [.. ids.Select(id => new MediaItem(id, new InlineSource(new byte[] { 1 }), Modality.Image))]);

    private static ServiceProvider Services(string visionAddress)
    {
        var (builder, _) = EncoderHost.CreateBuilder(new() { ["Sensorium:Services:Vision"] = visionAddress });
        builder.Services.AddRemoteEncoder(Modality.Image);
        return ((IServiceCollection)builder.Services).BuildServiceProvider();
    }
}
