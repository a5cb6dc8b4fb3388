using System.Collections.Concurrent;

namespace Sensorium.Media.Imaging;

/// <summary>
/// Kernels by what they depend on. Pictures of one source, and all frames of a video, share their sizes; whatever comes in
/// other sizes must not fill memory, so a full cache starts anew.
/// </summary>
internal static class ResampleKernelCache
{
    private const int Capacity = 64;

    private static readonly ConcurrentDictionary<(int Input, int Output, ResampleFilter Filter), ResampleKernel> Kernels = new();

    public static ResampleKernel Get(int input, int output, ResampleFilter filter)
    {
        var key = (input, output, filter);
        if (Kernels.TryGetValue(key, out var kernel))
        {
            return kernel;
        }

        if (Kernels.Count >= Capacity)
        {
            Kernels.Clear();
        }

        return Kernels[key] = ResampleKernel.Create(input, output, filter);
    }
}
