using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests.Models;

public sealed class TextOnlyTests(TextOnly deployment) : DeploymentTests(deployment), IClassFixture<TextOnly>
{
    [Fact]
    public async Task What_is_there_serves_and_status_says_what_is_not()
    {
        var answer = await Client.EmbedAsync(new V1.EmbedRequest { Items = { Text("a dog") } });
        var status = await Client.StatusAsync(new V1.StatusRequest());

        Assert.NotNull(answer.Results[0].Encoded);
        Assert.True(status.Services.Single(service => service.Name == "text").Ready);
        foreach (var name in (string[])["vision", "audio", "video", "generation"])
        {
            var service = status.Services.Single(service => service.Name == name);
            Assert.False(service.Ready);
            Assert.Contains("no model", service.Detail, StringComparison.OrdinalIgnoreCase);
        }
    }

    [Fact]
    public async Task What_is_not_there_is_a_failed_precondition_that_names_it()
    {
        var embed = await Assert.ThrowsAsync<RpcException>(
            () => Client.EmbedAsync(new V1.EmbedRequest { Items = { Data(Pictures.Png(1)) } }).ResponseAsync);
        using var stream = Client.Caption(new V1.CaptionRequest { Media = { Text("a dog") } });
        var caption = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal((StatusCode.FailedPrecondition, StatusCode.FailedPrecondition), (embed.StatusCode, caption.StatusCode));
        Assert.Contains("vision", embed.Status.Detail);
        Assert.Contains("generation", caption.Status.Detail);
    }
}

public sealed class NoAudioTests(NoAudio deployment) : DeploymentTests(deployment), IClassFixture<NoAudio>
{
    [Fact]
    public async Task A_picture_is_captioned_and_a_sound_is_a_failed_precondition()
    {
        using var stream = Client.Caption(new V1.CaptionRequest { Media = { Data(Pictures.Png(1)) } });
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));

        var error = await Assert.ThrowsAsync<RpcException>(
            () => Client.EmbedAsync(new V1.EmbedRequest { Items = { Data(Sounds.Tone(1, 440)) } }).ResponseAsync);

        Assert.Equal(StatusCode.FailedPrecondition, error.StatusCode);
        Assert.Contains("audio", error.Status.Detail);
    }

    [Fact]
    public async Task A_video_is_captioned_without_its_sound_and_a_warning_says_so()
    {
        var events = await CaptionAsync(new V1.CaptionRequest { Media = { Data(Videos.WithTracks) } });

        Assert.NotEmpty(events[^1].Finished.Text);
        var started = events[0].Started;
        Assert.DoesNotContain(started.Media, status => status.Modality == V1.Modality.Audio);
        Assert.Contains("audio", Assert.Single(started.Warnings, warning => warning.Reason == WarningReasons.TrackMissing).Message);
    }
}
