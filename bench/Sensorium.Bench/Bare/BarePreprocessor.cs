using NetVips;

namespace Sensorium.Bench.Bare;

internal static class BarePreprocessor
{
    private static readonly float[] Mean = [0.485f, 0.456f, 0.406f];
    private static readonly float[] Deviation = [0.229f, 0.224f, 0.225f];

    public static void Prepare(byte[] jpeg, int side, Span<float> output)
    {
        using var image = Image.NewFromBuffer(jpeg, access: Enums.Access.Sequential);
        using var small = image.Resize((double)side / image.Width, vscale: (double)side / image.Height, kernel: Enums.Kernel.Cubic);
        var pixels = small.WriteToMemory<byte>();
        for (var band = 0; band < 3; band++)
        {
            var plane = output.Slice(band * side * side, side * side);
            for (var i = 0; i < plane.Length; i++)
            {
                plane[i] = ((pixels[(i * 3) + band] / 255f) - Mean[band]) / Deviation[band];
            }
        }
    }
}
