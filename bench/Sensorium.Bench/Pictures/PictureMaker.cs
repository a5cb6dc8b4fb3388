using NetVips;

namespace Sensorium.Bench.Pictures;

/// <summary>
/// Makes photo-like pictures: noise at many scales whose strength falls with its frequency, as in photographs
/// (Field 1987: amplitude about 1/f), with edges from a few overlaid shapes, as JPEG of a wanted size in bytes.
/// </summary>
internal static class PictureMaker
{
    private const int Octaves = 9;

    public static byte[] Make(int width, int height, int targetBytes, int seed)
    {
        using var picture = Draw(width, height, seed);
        using var inMemory = picture.CopyMemory();
        byte[] best = [];
        for (int low = 5, high = 98; low <= high;)
        {
            var quality = (low + high) / 2;
            var jpeg = inMemory.JpegsaveBuffer(q: quality);
            if (Math.Abs(jpeg.Length - targetBytes) < Math.Abs(best.Length - targetBytes))
            {
                best = jpeg;
            }

            (low, high) = jpeg.Length < targetBytes ? (quality + 1, high) : (low, quality - 1);
        }

        return best;
    }

    private static Image Draw(int width, int height, int seed)
    {
        // Bands of photographs are mostly alike: one noise for brightness, weaker ones for colour.
        var brightness = Noise(width, height, seed * 31, strength: 0.5);
        var bands = Enumerable.Range(1, 3).Select(band => brightness + Noise(width, height, (seed * 31) + band, strength: 0.2) + 128).ToArray();
        var picture = bands[0].Bandjoin(bands[1..]).Cast(Enums.BandFormat.Uchar).Copy(interpretation: Enums.Interpretation.Srgb);
        var random = new Random(seed);
        return picture.Mutate(canvas =>
        {
            for (var shape = 0; shape < 6; shape++)
            {
                var ink = Enumerable.Range(0, 3).Select(_ => (double)random.Next(256)).ToArray();
                canvas.DrawCircle(ink, random.Next(width), random.Next(height), random.Next(height / 20, height / 5), fill: true);
            }
        });
    }

    private static Image Noise(int width, int height, int seed, double strength)
    {
        Image sum = Image.Black(width, height);
        for (var octave = 0; octave < Octaves; octave++)
        {
            var scale = 1 << octave;
            var coarse = Image.Gaussnoise((width / scale) + 2, (height / scale) + 2, sigma: strength * scale, mean: 0, seed: seed + (octave << 16));
            sum += coarse.Resize(scale, kernel: Enums.Kernel.Linear).Crop(0, 0, width, height);
        }

        return sum;
    }
}
