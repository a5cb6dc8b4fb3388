using System.Diagnostics;
using Xunit;

namespace Sensorium.Media.UnitTests.Imaging;

/// <summary>Measures the process, so nothing runs beside it.</summary>
[CollectionDefinition(nameof(DamagedPictureMemoryTests), DisableParallelization = true)]
[Collection(nameof(DamagedPictureMemoryTests))]
public sealed class DamagedPictureMemoryTests
{
    private const int Rounds = 60;
    private const int Width = 1_000;
    private const int Height = 500;

    [Theory]
    [MemberData(nameof(TestPictures.Formats), MemberType = typeof(TestPictures))]
    public void Damaged_pictures_leave_no_memory_behind(string format)
    {
        var intact = TestPictures.Noise(format, Width, Height);
        var random = new Random(21);
        Run(intact, random, Rounds / 6);
        var before = Occupied();

        Run(intact, random, Rounds);

        // Half of what they hold together.
        Assert.InRange(Occupied() - before, long.MinValue, Rounds * Width * Height * 3 / 2);
    }

    private static void Run(byte[] intact, Random random, int rounds)
    {
        for (var round = 0; round < rounds; round++)
        {
            Record.Exception(() => Decoding.Decode(DamagedPictureTests.Damage(intact, random)).Dispose());
        }
    }

    private static long Occupied()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
