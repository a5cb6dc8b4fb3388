using System.Runtime.InteropServices;

namespace Sensorium.Hosting.Hosts;

/// <summary>
/// How the C library keeps memory that native code has freed. By default glibc learns from every large block that is freed to
/// keep such blocks, in up to eight heaps a core: each large picture may leave another heap behind that is as large as it.
/// </summary>
internal static partial class NativeHeap
{
    // Numbers of the parameters in malloc.h.
    private const int TrimThreshold = -1;
    private const int MmapThreshold = -3;
    private const int ArenaMax = -8;

    // Decoded photographs and the decoder's view of media are larger, what a request allocates beside them is smaller.
    private const int LargeBlock = 256 << 10;
    private const int LeastHeaps = 2;

    /// <summary>Gives large blocks back to the system when they are freed. Does nothing where the C library is not glibc.</summary>
    public static void GiveBackLargeBlocks()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = SetOption(MmapThreshold, LargeBlock);
            _ = SetOption(TrimThreshold, LargeBlock);
            _ = SetOption(ArenaMax, Math.Max(LeastHeaps, Environment.ProcessorCount));
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // Other C libraries keep no such heaps.
        }
    }

    /// <summary>Gives back what is free in all heaps. Does nothing where the C library is not glibc.</summary>
    public static void Trim()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            _ = TrimHeaps(0);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            // Other C libraries keep no such heaps.
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int TrimHeaps(nuint pad);

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int parameter, int value);
}
