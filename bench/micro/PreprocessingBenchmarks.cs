using BenchmarkDotNet.Attributes;
using Sensorium.Media.Imaging;

namespace Sensorium.Bench.Micro;

/// <summary>From decoded pixels to the encoder's input.</summary>
[MemoryDiagnoser]
public class PreprocessingBenchmarks
{
    private const int Side = 128;

    private readonly PictureProcessor _processor = new(new PictureProcessorConfig
    {
        Width = Side,
        Height = Side,
        Filter = ResampleFilter.Bicubic,
        Mean = [0.485f, 0.456f, 0.406f],
        Deviation = [0.229f, 0.224f, 0.225f],
    });

    private readonly float[] _target = new float[3 * Side * Side];
    private RgbImage _small = null!;
    private RgbImage _large = null!;

    [GlobalSetup]
    public void Setup()
    {
        _small = Noise(320, 240);
        _large = Noise(1600, 1200);
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        _small.Dispose();
        _large.Dispose();
    }

    [Benchmark]
    public void SmallPicture() => _processor.Process(_small, _target);

    [Benchmark]
    public void LargePicture() => _processor.Process(_large, _target);

    private static RgbImage Noise(int width, int height)
    {
        var image = new RgbImage(width, height);
        new Random(1).NextBytes(image.Pixels);
        return image;
    }
}
