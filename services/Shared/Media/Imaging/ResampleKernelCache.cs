namespace Sensorium.Media.Imaging;

/// <summary>
/// Kernels by what they depend on. Pictures of one source, and all frames of a video, share their sizes; whatever comes in
/// other sizes must not fill memory, so a cache that would hold too many bytes starts anew.
/// </summary>
internal sealed class ResampleKernelCache(long capacityBytes)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(int Input, AxisPart Output, ResampleFilter Filter), ResampleKernel> _kernels = [];
    private long _bytes;

    public static ResampleKernelCache Shared { get; } = new(16 << 20);

    public long Bytes
    {
        get
        {
            lock (_lock)
            {
                return _bytes;
            }
        }
    }

    public ResampleKernel Get(int input, AxisPart output, ResampleFilter filter)
    {
        var key = (input, output, filter);
        lock (_lock)
        {
            if (_kernels.TryGetValue(key, out var known))
            {
                return known;
            }
        }

        var kernel = ResampleKernel.Create(input, output, filter);
        if (kernel.Bytes <= capacityBytes)
        {
            Keep(key, kernel);
        }

        return kernel;
    }

    private void Keep((int Input, AxisPart Output, ResampleFilter Filter) key, ResampleKernel kernel)
    {
        lock (_lock)
        {
            if (_bytes + kernel.Bytes > capacityBytes)
            {
                _kernels.Clear();
                _bytes = 0;
            }

            if (_kernels.TryAdd(key, kernel))
            {
                _bytes += kernel.Bytes;
            }
        }
    }
}
