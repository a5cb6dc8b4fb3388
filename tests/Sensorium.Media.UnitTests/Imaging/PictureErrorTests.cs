using System.Text;
using Sensorium.Core.Errors;
using Sensorium.Media.Imaging;
using Sensorium.Media.Sniffing;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

public sealed class PictureErrorTests
{
    [Fact]
    public async Task An_error_speaks_of_its_own_medium_alone_while_others_are_decoded()
    {
        var good = TestPictures.Encode(PictureEncoder.Formats[^1]);
        var path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".secret");
        await File.WriteAllBytesAsync(path, good, TestContext.Current.CancellationToken);
        byte[] bad = [0x89, .. "PNG\r\n\x1a\ngarbage that is no chunk at all, but long enough"u8];
        var messages = new System.Collections.Concurrent.ConcurrentBag<string>();

        await Parallel.ForAsync(0, 60, TestContext.Current.CancellationToken, (round, cancellationToken) =>
        {
            var content = (round % 3) switch { 0 => MediaServices.File(path), 1 => MediaServices.Bytes(good), _ => MediaServices.Bytes(bad) };
            try
            {
                Decoding.Decode(content, cancellationToken: cancellationToken).Dispose();
            }
            catch (SensoriumException error)
            {
                messages.Add(error.Message);
                Assert.Equal(ErrorReasons.UndecodableMedia, error.Reason);
            }

            return ValueTask.CompletedTask;
        });

        Assert.Equal(20, messages.Count);
        Assert.Equal([$"The picture (image/png, {bad.Length} bytes) cannot be decoded: it is damaged, or of a kind that is not read."], messages.Distinct());
        File.Delete(path);
    }

    [Fact]
    public void What_the_library_says_does_not_decide_what_is_wrong()
    {
        // libvips names the file in its text, and its text is all that it has for a lack of memory.
        var folder = Directory.CreateTempSubdirectory("out of memory");
        var path = Path.Combine(folder.FullName, "out of memory.png");
        var png = TestPictures.Encode(".png");
        png[png.AsSpan().IndexOf("IDAT"u8) + 20] ^= 0xFF;
        File.WriteAllBytes(path, png);

        var error = Assert.Throws<SensoriumException>(() => Decoding.Decode(MediaServices.File(path)));

        Assert.Equal(ErrorReasons.UndecodableMedia, error.Reason);
        Assert.Null(error.InnerException);
        folder.Delete(recursive: true);
    }

    [Fact]
    public void A_lack_of_memory_is_measured()
    {
        Assert.True(NativeMemoryOwner.IsAvailable(1_000));
        Assert.False(NativeMemoryOwner.IsAvailable(long.MaxValue));
    }

    [Fact]
    public void A_wrong_check_sum_is_not_called_truncated()
    {
        var png = TestPictures.Encode(".png");
        var data = png.AsSpan().IndexOf("IDAT"u8);
        png[data + 20] ^= 0xFF;

        Assert.Equal(ErrorReasons.UndecodableMedia, Failure(png).Reason);
        Assert.Equal(ErrorReasons.TruncatedMedia, Failure(TestPictures.Encode(".png")[..(data + 20)]).Reason);
    }

    [Fact]
    public void Files_of_boxes_are_known_by_any_first_box()
    {
        byte[] fileType = [0, 0, 0, 16, .. "ftypisom\0\0\0\0"u8];
        byte[] free = [0, 0, 0, 12, .. "free\0\0\0\0"u8, .. fileType];
        byte[] segment = [0, 0, 0, 24, .. "stypmsdh\0\0\0\0msdhmsix"u8, .. fileType];

        Assert.Equal("video/mp4", MagicNumbers.Identify(free)?.MediaType);
        Assert.Equal("video/mp4", MagicNumbers.Identify(segment)?.MediaType);
    }

    [Fact]
    public void Streams_with_time_stamps_and_big_tiff_are_known()
    {
        var stamped = new byte[MagicNumbers.Length];
        (stamped[4], stamped[196]) = (0x47, 0x47);

        Assert.Equal("video/mp2t", MagicNumbers.Identify(stamped)?.MediaType);
        Assert.Equal("image/tiff", MagicNumbers.Identify([(byte)'I', (byte)'I', 43, 0, 8, 0, 0, 0])?.MediaType);
        Assert.Null(MagicNumbers.Identify(Encoding.ASCII.GetBytes("no format at all, but long enough")));
    }

    private static SensoriumException Failure(byte[] data) => Assert.Throws<SensoriumException>(() => Decoding.Decode(data));
}
