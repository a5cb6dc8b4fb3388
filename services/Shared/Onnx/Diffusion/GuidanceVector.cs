namespace Sensorium.Onnx.Diffusion;

/// <summary>The strength of guidance as latent consistency models read it: sines and cosines of it (Luo et al. 2023; Vaswani et al. 2017).</summary>
internal static class GuidanceVector
{
    private const double Scale = 1000;
    private const double Period = 10000;

    public static float[] Of(double guidance, int width)
    {
        var half = width / 2;
        var vector = new float[width];
        for (var i = 0; i < half; i++)
        {
            var angle = (guidance - 1) * Scale * Math.Exp(-Math.Log(Period) * i / Math.Max(1, half - 1));
            (vector[i], vector[half + i]) = ((float)Math.Sin(angle), (float)Math.Cos(angle));
        }

        return vector;
    }
}
