using System.Text;
using Grpc.Core;
using Sensorium.Core.Errors;
using Sensorium.FunctionalTests.Infrastructure;
using Sensorium.FunctionalTests.Media;
using Xunit;

namespace Sensorium.FunctionalTests;

[Collection(InOneProcess.Name)]
public sealed class BadInputInOneProcess(OneProcess deployment) : BadInputTests(deployment);

[Collection(InSixProcesses.Name)]
public sealed class BadInputInSixProcesses(SixProcesses deployment) : BadInputTests(deployment);

/// <summary>Each is tried as an item of a batch, which goes on, and as the medium of a caption, which fails.</summary>
public abstract class BadInputTests(Deployment deployment) : DeploymentTests(deployment)
{
    [Fact]
    public Task An_empty_body() => ExpectAsync(Data([]), ErrorReasons.EmptyMedia, "data");

    [Fact]
    public Task A_medium_without_source() => ExpectAsync(new V1.Media(), ErrorReasons.NoSource, "source");

    [Fact]
    public Task A_truncated_JPEG()
    {
        var whole = Pictures.Jpeg(1, 600);
        return ExpectAsync(Data(whole[..(whole.Length / 2)]), ErrorReasons.TruncatedMedia, "ends too early");
    }

    [Fact]
    public Task A_decompression_bomb() => ExpectAsync(Data(Pictures.Bomb), ErrorReasons.TooManyPixels, "60");

    [Fact]
    public Task A_text_that_is_called_a_video() =>
        ExpectAsync(
            new V1.Media { Data = Google.Protobuf.ByteString.CopyFromUtf8("This is not a video at all.\n"), MediaType = "video/mp4" },
            ErrorReasons.UndecodableMedia,
            "the text \"This is ");

    [Fact]
    public Task A_text_that_is_said_to_be_a_video() =>
        ExpectAsync(
            new V1.Media { Data = Google.Protobuf.ByteString.CopyFromUtf8("This is not a video at all.\n"), Modality = V1.Modality.Video },
            ErrorReasons.UndecodableMedia,
            "the text \"This is ");

    [Fact]
    public async Task A_video_without_streams()
    {
        var media = Data(Videos.WithoutStreams);
        media.Modality = V1.Modality.Video;
        await ExpectAsync(media, ErrorReasons.UndecodableMedia, "stream");
    }

    [Fact]
    public Task Bytes_that_are_nothing() => ExpectAsync(Data([.. Enumerable.Repeat((byte)0xEE, 500)]), ErrorReasons.UnknownModality, "");

    [Fact]
    public async Task An_unknown_modality()
    {
        var media = Data(Pictures.Jpeg(1));
        media.Modality = (V1.Modality)99;
        await ExpectAsync(media, ErrorReasons.UnknownModality, "99");
    }

    [Fact]
    public async Task A_picture_that_is_said_to_be_a_sound()
    {
        var media = Data(Pictures.Jpeg(1));
        media.Modality = V1.Modality.Audio;
        await ExpectAsync(media, ErrorReasons.ModalityMismatch, "image");
    }

    [Fact]
    public async Task An_unknown_reference()
    {
        var media = new V1.Media { Ref = new V1.MediaReference { Sha256 = new string('a', 64) } };
        await ExpectItemFailureAsync(media, ErrorCode.NotFound, ErrorReasons.MediaNotFound, "aaaa");
        await ExpectFailureAsync(() => CaptionAsync(Caption(media)), StatusCode.NotFound, ErrorReasons.MediaNotFound, "aaaa");
    }

    [Fact]
    public async Task A_reference_to_a_holder_that_is_none()
    {
        var media = new V1.Media { Ref = new V1.MediaReference { Sha256 = new string('b', 64), Holder = "169.254.169.254:80" } };
        await ExpectItemFailureAsync(media, ErrorCode.PermissionDenied, ErrorReasons.InvalidReference, "169.254.169.254");
        await ExpectFailureAsync(() => CaptionAsync(Caption(media)), StatusCode.PermissionDenied, ErrorReasons.InvalidReference, "holder");
    }

    [Theory]
    [InlineData("https://127.0.0.1/x.png")]
    [InlineData("https://10.0.0.1/x.png")]
    [InlineData("https://[::1]/x.png")]
    [InlineData("https://169.254.169.254/latest/meta-data")]
    [InlineData("http://example.org/x.png")]
    [InlineData("file:///etc/passwd")]
    public async Task A_URI_to_where_nobody_may_go(string uri)
    {
        var media = new V1.Media { Uri = uri };
        var code = (await Client.EmbedAsync(new V1.EmbedRequest { Items = { media, Text("a") } })).Results[0].Error;

        Assert.Contains(code.Reason, new[] { ErrorReasons.UriNotAllowed, ErrorReasons.InvalidUri });
        await Assert.ThrowsAsync<RpcException>(() => CaptionAsync(Caption(media)));
        await AssertStillServingAsync();
    }

    [Fact]
    public async Task More_bytes_than_travel_in_a_request()
    {
        var media = Data(new byte[(8 << 20) + 1]);

        await ExpectAsync(media, ErrorReasons.MediaTooLarge, "Upload");
    }

    [Fact]
    public async Task More_bytes_than_a_message_may_have()
    {
        var request = new V1.EmbedRequest { Items = { Data(new byte[65 << 20]) } };

        await ExpectFailureAsync(
            () => Client.EmbedAsync(request).ResponseAsync, StatusCode.ResourceExhausted, ErrorReasons.MessageTooLarge, "Upload");
    }

    [Fact]
    public async Task No_media_too_many_and_two_of_one_name()
    {
        await ExpectFailureAsync(() => Client.EmbedAsync(new V1.EmbedRequest()).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.NoMedia, "items");
        await ExpectFailureAsync(() => CaptionAsync(new V1.CaptionRequest()), StatusCode.InvalidArgument, ErrorReasons.NoMedia, "media");
        var many = new V1.EmbedRequest { Items = { Enumerable.Range(0, 1000).Select(i => Text($"{i}")) } };
        await ExpectFailureAsync(() => Client.EmbedAsync(many).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.TooManyItems, "1000");
        var twice = new V1.EmbedRequest { Items = { Text("a", "x"), Text("b", "x") } };
        await ExpectFailureAsync(() => Client.EmbedAsync(twice).ResponseAsync, StatusCode.InvalidArgument, ErrorReasons.DuplicateItemId, "\"x\"");
    }

    [Fact]
    public async Task A_track_of_what_has_none_and_a_range_that_is_none()
    {
        var track = Data(Pictures.Jpeg(1));
        track.Track = V1.Track.Subtitles;
        await ExpectAsync(track, ErrorReasons.UnsupportedTrack, "track");
        var range = Data(Sounds.Tone(1, 440));
        range.Range = new V1.TimeRange { Start = new() { Seconds = 2 }, End = new() { Seconds = 1 } };
        await ExpectAsync(range, ErrorReasons.InvalidRange, "range");
    }

    private async Task ExpectAsync(V1.Media media, string reason, string inMessage)
    {
        await ExpectItemFailureAsync(media, ErrorCode.InvalidArgument, reason, inMessage);
        await ExpectFailureAsync(() => CaptionAsync(Caption(media)), StatusCode.InvalidArgument, reason, inMessage);
    }

    private static V1.CaptionRequest Caption(V1.Media media) => new() { Media = { media } };
}
