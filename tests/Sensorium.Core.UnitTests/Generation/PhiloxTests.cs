using Sensorium.Core.Generation.Sampling;
using Xunit;

namespace Sensorium.Core.UnitTests.Generation;

public sealed class PhiloxTests
{
    /// <summary>The vectors that its authors publish for philox4x32 with 10 rounds.</summary>
    [Theory]
    [InlineData(0u, 0u, 0u, 0u, 0u, 0u, 0x6627e8d5u, 0xe169c58du, 0xbc57ac4cu, 0x9b00dbd8u)]
    [InlineData(~0u, ~0u, ~0u, ~0u, ~0u, ~0u, 0x408f276du, 0x41c83b0eu, 0xa20bc7c6u, 0x6d5451fdu)]
    [InlineData(0x243f6a88u, 0x85a308d3u, 0x13198a2eu, 0x03707344u, 0xa4093822u, 0x299f31d0u, 0xd16cfe09u, 0x94fdccebu, 0x5001e420u, 0x24126ea1u)]
    public void Blocks_equal_the_published_ones(uint c0, uint c1, uint c2, uint c3, uint k0, uint k1, uint r0, uint r1, uint r2, uint r3) =>
        Assert.Equal((r0, r1, r2, r3), Philox.Block(c0, c1, c2, c3, k0, k1));

    [Fact]
    public void Numbers_differ_by_seed_choice_and_step_and_spread_evenly()
    {
        var numbers = new List<double>();
        for (var i = 0; i < 20; i++)
        {
            for (var step = 0; step < 50; step++)
            {
                numbers.AddRange([Philox.Uniform((ulong)i << 32, 0, step), Philox.Uniform(7, i, step)]);
            }
        }

        Assert.Equal(numbers.Count, numbers.Distinct().Count());
        Assert.All(numbers, number => Assert.InRange(number, 0, Math.BitDecrement(1.0)));
        Assert.Equal(0.5, numbers.Average(), 0.03);
    }
}
