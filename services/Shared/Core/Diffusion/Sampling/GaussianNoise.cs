using Sensorium.Core.Generation.Sampling;

namespace Sensorium.Core.Diffusion.Sampling;

/// <summary>
/// Normal numbers out of a counter (Box and Muller 1958 over Philox): each depends on the seed, the step and its place alone, so that
/// nothing else in the batch can change a picture.
/// </summary>
public static class GaussianNoise
{
    private const double Unit = 1.0 / (1UL << 32);
    private const int BlockLength = 4;

    /// <summary>The noise that the latents begin with is that of step 0; those that steps add follow.</summary>
    public static void Fill(Span<float> noise, ulong seed, int step)
    {
        for (var at = 0; at < noise.Length; at += BlockLength)
        {
            var (a, b, c, d) = Philox.Block((uint)(at / BlockLength), (uint)step, 0, 1, (uint)seed, (uint)(seed >> 32));
            Write(noise[at..], a, b);
            if (at + 2 < noise.Length)
            {
                Write(noise[(at + 2)..], c, d);
            }
        }
    }

    /// <summary>On the sphere between two noises, as likely as either (Shoemake 1985).</summary>
    /// <param name="weight">0 is the first, 1 the second.</param>
    public static void Blend(Span<float> noise, ReadOnlySpan<float> other, double weight)
    {
        double product = 0, own = 0, others = 0;
        for (var i = 0; i < noise.Length; i++)
        {
            product += (double)noise[i] * other[i];
            own += (double)noise[i] * noise[i];
            others += (double)other[i] * other[i];
        }

        var angle = Math.Acos(Math.Clamp(product / Math.Sqrt(own * others), -1, 1));
        var whole = Math.Sin(angle);
        var (first, second) = whole < 1e-6 ? (1 - weight, weight) : (Math.Sin((1 - weight) * angle) / whole, Math.Sin(weight * angle) / whole);
        for (var i = 0; i < noise.Length; i++)
        {
            noise[i] = (float)((first * noise[i]) + (second * other[i]));
        }
    }

    private static void Write(Span<float> noise, uint radius, uint angle)
    {
        var length = Math.Sqrt(-2 * Math.Log((radius + 0.5) * Unit));
        var (sine, cosine) = Math.SinCos(2 * Math.PI * ((angle + 0.5) * Unit));
        noise[0] = (float)(length * cosine);
        if (noise.Length > 1)
        {
            noise[1] = (float)(length * sine);
        }
    }
}
