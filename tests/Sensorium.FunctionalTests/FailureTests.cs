using System.Collections.Concurrent;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

/// <summary>Services that die, come back, and are asked to stop.</summary>
[Collection(InSixProcesses.Name)]
public sealed class FailureTests(SixProcesses deployment) : DeploymentTests(deployment)
{
    private readonly SixProcesses _services = deployment;

    [Fact]
    public async Task A_picture_seen_before_needs_no_vision_service()
    {
        var seen = Data(Pictures.Jpeg(50));
        var caption = new V1.CaptionRequest { Media = { seen }, Parameters = new V1.GenerationParameters { Temperature = 0 } };
        var embedded = await EmbedAsync(seen);
        var said = await CaptionTextAsync(caption);
        await _services["vision"].KillAsync();
        try
        {
            var again = await EmbedAsync(seen);
            Assert.Contains(again.CacheStatus, new[] { V1.CacheStatus.HitMemory, V1.CacheStatus.HitShared });
            Assert.Equal(embedded.Encoded.Embedding, again.Encoded.Embedding);
            Assert.Equal(said, await CaptionTextAsync(caption));

            var unseen = Data(Pictures.Jpeg(51));
            await ExpectFailureAsync(
                () => Client.EmbedAsync(new V1.EmbedRequest { Items = { unseen } }).ResponseAsync, StatusCode.Unavailable, ErrorReasons.PeerUnavailable, "vision");
            await ExpectFailureAsync(
                () => CaptionAsync(new V1.CaptionRequest { Media = { unseen } }), StatusCode.Unavailable, ErrorReasons.PeerUnavailable, "vision");
            var status = await Client.StatusAsync(new V1.StatusRequest());
            Assert.Equal(["vision"], status.Services.Where(service => !service.Ready).Select(service => service.Name));
        }
        finally
        {
            await _services["vision"].StartAsync();
        }

        await UntilServedAsync(Data(Pictures.Jpeg(52)));
    }

    [Fact]
    public async Task A_restart_under_load_loses_only_what_was_held()
    {
        using var stop = new CancellationTokenSource();
        var (lost, others) = (new ConcurrentBag<Exception>(), new ConcurrentBag<Exception>());
        long served = 0;
        var load = Enumerable.Range(0, 8).Select(worker => Task.Run(() => LoadAsync(worker, lost, others, () => Interlocked.Increment(ref served), stop.Token))).ToArray();
        try
        {
            await UntilAsync(() => Interlocked.Read(ref served) > 40);
            await _services["vision"].KillAsync();
            await UntilAsync(() => !lost.IsEmpty);
            await _services["vision"].StartAsync();
            await UntilServedAsync(Data(Pictures.Jpeg(60)));
            lost.Clear();
            var before = Interlocked.Read(ref served);
            await UntilAsync(() => Interlocked.Read(ref served) > before + 80);
        }
        finally
        {
            await stop.CancelAsync();
            await Task.WhenAll(load);
        }

        Assert.Empty(others);
        Assert.Empty(lost);
    }

    [Fact]
    public async Task Services_that_come_back_answer_as_before_and_others_do_not_notice()
    {
        string[] killed = ["audio", "video", "generation"];
        using var stop = new CancellationTokenSource();
        var (lost, others) = (new ConcurrentBag<Exception>(), new ConcurrentBag<Exception>());
        var (sound, clip) = (Data(Sounds.Tone(1, 330)), Data(Videos.Silent));
        var caption = new V1.CaptionRequest { Media = { sound }, Parameters = new V1.GenerationParameters { Temperature = 0 }, CachePolicy = V1.CachePolicy.Bypass };
        var bypass = new V1.EncodeOptions { CachePolicy = V1.CachePolicy.Bypass };
        var (ofClip, said) = ((await EmbedAsync(clip, bypass)).Encoded.Embedding, await CaptionTextAsync(caption));
        long served = 0;
        var load = Enumerable.Range(0, 4).Select(worker => Task.Run(() => LoadAsync(worker + 50, lost, others, () => Interlocked.Increment(ref served), stop.Token))).ToArray();
        try
        {
            await Task.WhenAll(killed.Select(service => _services[service].KillAsync()));
            await ExpectFailureAsync(
                () => Client.EmbedAsync(new V1.EmbedRequest { Items = { clip }, Options = bypass }).ResponseAsync, StatusCode.Unavailable, ErrorReasons.PeerUnavailable, "video");
            await ExpectFailureAsync(() => CaptionAsync(caption), StatusCode.Unavailable, ErrorReasons.PeerUnavailable, "generation");
        }
        finally
        {
            await Task.WhenAll(killed.Select(service => _services[service].StartAsync()));
            await stop.CancelAsync();
            await Task.WhenAll(load);
        }

        await UntilServedAsync(() => EmbedAsync(clip, bypass));
        await UntilServedAsync(() => CaptionAsync(caption));
        Assert.Equal((ofClip, said), ((await EmbedAsync(clip, bypass)).Encoded.Embedding, await CaptionTextAsync(caption)));
        Assert.Empty(lost);
        Assert.Empty(others);
        Assert.True(Interlocked.Read(ref served) > 0);
    }

    [Fact]
    public async Task Asked_to_stop_a_service_finishes_its_streams()
    {
        var request = new V1.GenerateRequest { Media = { Data(Pictures.Jpeg(70)) } };
        request.Media[0].Modality = V1.Modality.Image;
        var client = new V1.GenerationService.GenerationServiceClient(_services["generation"].Channel);

        // A test before this one may have stopped what generation asks.
        await UntilServedAsync(() => client.Generate(request).ResponseStream.ReadAllAsync().ToArrayAsync().AsTask());
        var streams = Enumerable.Range(0, 8).Select(_ => client.Generate(request)).ToArray();
        foreach (var stream in streams)
        {
            Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        }

        var stopping = _services["generation"].TerminateAsync();
        foreach (var stream in streams)
        {
            var events = await stream.ResponseStream.ReadAllAsync().ToArrayAsync();
            Assert.NotNull(events[^1].Event.Finished);
            stream.Dispose();
        }

        Assert.Equal(0, await stopping);
        await _services["generation"].StartAsync();
        await UntilServedAsync(() => CaptionAsync(new V1.CaptionRequest { Media = { Data(Pictures.Jpeg(71)) } }));
    }

    /// <summary>Texts and pictures that are new each time, one after the other.</summary>
    private async Task LoadAsync(
        int worker,
        ConcurrentBag<Exception> lost,
        ConcurrentBag<Exception> others,
        Action served,
        CancellationToken stop)
    {
        for (var i = 0; !stop.IsCancellationRequested; i++)
        {
            try
            {
                var medium = i % 2 == 0 ? Text($"{worker} {i}") : Data(Pictures.Jpeg((worker * 100_000) + i + 1_000));
                await Client.EmbedAsync(new V1.EmbedRequest { Items = { medium } }, cancellationToken: CancellationToken.None);
                served();
            }
            catch (RpcException exception) when (i % 2 == 1 && exception.StatusCode == StatusCode.Unavailable)
            {
                lost.Add(exception);
            }
            catch (Exception exception)
            {
                others.Add(exception);
            }
        }
    }

    private Task UntilServedAsync(V1.Media medium) =>
        UntilServedAsync(() => Client.EmbedAsync(new V1.EmbedRequest { Items = { medium } }).ResponseAsync);

    // Channels to a service that was down look for it again within about a second.
    private static async Task UntilServedAsync(Func<Task> call)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                await call();
                return;
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable && !timeout.IsCancellationRequested)
            {
                await Task.Delay(50, CancellationToken.None);
            }
        }
    }

    private static async Task UntilAsync(Func<bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!condition())
        {
            await Task.Delay(10, timeout.Token);
        }
    }
}
