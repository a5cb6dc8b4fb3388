using Sensorium.Media.Sound;
using Xunit;

namespace Sensorium.Media.UnitTests.Sound;

public sealed class WaveWriterTests
{
    [Fact]
    public void Samples_come_back_as_they_were_and_what_is_too_loud_is_cut_off()
    {
        using var file = new MemoryStream(WaveWriter.Write([0, 0.5f, -1, 3], 22_050));

        var header = WaveHeader.TryRead(file)!.Value;
        var samples = new float[4];
        PcmSamples.Convert(file.ToArray().AsSpan((int)header.DataOffset), samples);

        Assert.Equal((1, 22_050, 16, 8L), (header.Channels, header.SampleRate, header.BitsPerSample, header.DataBytes));
        Assert.Equal([0, 0.5f, -1, short.MaxValue / 32768f], samples);
    }
}
