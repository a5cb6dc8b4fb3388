using Sensorium.Media.Ffmpeg;
using Sensorium.Testing.Shared.Media;
using Xunit;

namespace Sensorium.Media.UnitTests.Ffmpeg;

public sealed class VideoWriterTests : IDisposable
{
    private const int Side = 16;
    private const double Rate = 4;

    private readonly MediaServices _services = new();

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task Pictures_begin_with_their_sound_and_end_with_it()
    {
        using var file = new MemoryStream();
        await using (var draft = _services.Get<IVideoWriter>().Begin(Side, Side, Rate))
        {
            // Of one grey after the other, which an encoder may tell best in another order.
            for (var grey = 0; grey < 8; grey++)
            {
                var frame = new byte[Side * Side * 3];
                Array.Fill(frame, (byte)(grey * 30));
                await draft.AddAsync(frame, TestContext.Current.CancellationToken);
            }

            await foreach (var block in draft.ReadAsync(MediaServices.File(TestMedia.Sound()), TestContext.Current.CancellationToken))
            {
                file.Write(block.Span);
            }
        }

        var probe = await _services.Get<IMediaProber>().ProbeAsync(MediaServices.Bytes(file.ToArray()), TestContext.Current.CancellationToken);

        Assert.Equal((TimeSpan.Zero, Side), (probe.Origin, probe.Video!.Width));
        Assert.NotNull(probe.Sound);
        Assert.Equal(2, probe.Duration!.Value.TotalSeconds, 0.1);
    }
}
