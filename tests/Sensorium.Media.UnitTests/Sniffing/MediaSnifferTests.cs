using System.Text;
using Sensorium.Core.Errors;
using Sensorium.Core.Media;
using Sensorium.Media.Sniffing;
using Sensorium.Media.UnitTests.Imaging;
using Sensorium.Testing.Shared.Media;
using Xunit;

namespace Sensorium.Media.UnitTests.Sniffing;

public sealed class MediaSnifferTests : IDisposable
{
    private readonly MediaServices _services = new();

    [Theory]
    [InlineData(".jpg", "image/jpeg")]
    [InlineData(".png", "image/png")]
    [InlineData(".webp", "image/webp")]
    [InlineData(".gif", "image/gif")]
    [InlineData(".tif", "image/tiff")]
    [InlineData(".avif", "image/avif")]
    public async Task Pictures_are_told_by_their_first_bytes(string format, string mediaType)
    {
        var found = await SniffAsync(MediaServices.Bytes(TestPictures.Encode(format)));

        Assert.Equal(new SniffedMedia(Modality.Image, mediaType), found);
    }

    [Fact]
    public async Task A_bitmap_is_a_picture_though_it_cannot_be_read()
    {
        byte[] bytes = [.. "BM"u8, 58, 0, 0, 0, 0, 0, 0, 0, 54, 0, 0, 0];

        Assert.Equal(new SniffedMedia(Modality.Image, "image/bmp"), await SniffAsync(MediaServices.Bytes(bytes)));
    }

    [Theory]
    [InlineData("wav", "audio/wav")]
    [InlineData("flac", "audio/flac")]
    [InlineData("mp3", "audio/mpeg")]
    [InlineData("aac", "audio/aac")]
    [InlineData("ogg", "audio/ogg")]
    [InlineData("m4a", "audio/mp4")]
    [InlineData("mka", "audio/x-matroska")]
    public async Task Sound_is_told_also_in_containers_that_may_hold_video(string extension, string mediaType)
    {
        var found = await SniffAsync(MediaServices.Loaded(TestMedia.Sound(1, extension)));

        Assert.Equal(new SniffedMedia(Modality.Audio, mediaType), found);
    }

    [Theory]
    [InlineData("mp4", "video/mp4")]
    [InlineData("mov", "video/quicktime")]
    [InlineData("mkv", "video/x-matroska")]
    [InlineData("avi", "video/x-msvideo")]
    [InlineData("ts", "video/mp2t")]
    public async Task Video_is_told_by_its_picture(string extension, string mediaType)
    {
        var path = TestMedia.Make($"sniffed.{extension}", ["-i", TestMedia.SilentVideo(), "-c", "copy"]);

        Assert.Equal(new SniffedMedia(Modality.Video, mediaType), await SniffAsync(MediaServices.File(path)));
    }

    [Theory]
    [InlineData(Modality.Text, null)]
    [InlineData(null, "text/markdown")]
    public async Task Text_is_believed_if_announced(Modality? announced, string? mediaType)
    {
        var found = await SniffAsync(MediaServices.Bytes("Good morning, Zoë"u8.ToArray()), announced, mediaType);

        Assert.Equal(new SniffedMedia(Modality.Text, mediaType ?? "text/plain"), found);
    }

    [Fact]
    public async Task Text_that_nobody_announced_is_unknown()
    {
        Assert.Equal(ErrorReasons.UnknownModality, (await RefusedAsync("hello"u8.ToArray())).Reason);
    }

    [Fact]
    public async Task Announced_text_must_be_utf8()
    {
        Assert.Equal(ErrorReasons.ModalityMismatch, (await RefusedAsync(Encoding.Latin1.GetBytes("Zoë"), Modality.Text)).Reason);
    }

    [Fact]
    public async Task A_contradiction_names_both()
    {
        var error = await RefusedAsync(TestPictures.Encode(".png"), Modality.Audio);

        Assert.Equal(ErrorReasons.ModalityMismatch, error.Reason);
        Assert.Equal(("Audio", "Image", "image/png"), (error.Metadata["announced"], error.Metadata["found"], error.Metadata["media_type"]));
    }

    [Fact]
    public async Task An_announced_media_type_is_only_a_hint()
    {
        var found = await SniffAsync(MediaServices.Bytes(TestPictures.Encode(".png")), null, "video/mp4");

        Assert.Equal(Modality.Image, found.Modality);
    }

    [Fact]
    public async Task A_text_file_named_as_a_video_is_undecodable()
    {
        var error = await RefusedAsync("This is not a film."u8.ToArray(), Modality.Video);

        Assert.Equal(ErrorReasons.UndecodableMedia, error.Reason);
    }

    [Fact]
    public async Task A_container_without_streams_is_undecodable()
    {
        // A complete MP4 with nothing in it: "ftyp", and a "moov" with a movie header alone.
        byte[] movieHeader = [0, 0, 0, 108, .. "mvhd"u8, .. new byte[12], 0, 0, 3, 0xE8, .. new byte[84]];
        byte[] movie = [0, 0, 0, 116, .. "moov"u8, .. movieHeader];
        byte[] file = [0, 0, 0, 16, .. "ftyp"u8, .. "isom"u8, 0, 0, 0, 0, .. movie];

        var error = await RefusedAsync(file, Modality.Video);

        Assert.Equal(ErrorReasons.UndecodableMedia, error.Reason);
    }

    [Fact]
    public async Task Nothing_is_empty() => Assert.Equal(ErrorReasons.EmptyMedia, (await RefusedAsync([])).Reason);

    public void Dispose() => _services.Dispose();

    private async Task<SniffedMedia> SniffAsync(IMediaContent content, Modality? announced = null, string? mediaType = null) =>
        await _services.Get<IMediaSniffer>().SniffAsync(content, announced, mediaType, TestContext.Current.CancellationToken);

    private async Task<SensoriumException> RefusedAsync(byte[] data, Modality? announced = null) =>
        await Assert.ThrowsAsync<SensoriumException>(() => SniffAsync(MediaServices.Bytes(data), announced));
}
