namespace Sensorium.Core.Generation.Sampling;

/// <summary>
/// Philox4x32-10 (Salmon et al. 2011, "Parallel random numbers: as easy as 1, 2, 3"): a counter-based generator. The
/// number for a token depends on the seed, the choice and the token's place alone, so nothing that else is in the
/// batch can change what is sampled.
/// </summary>
internal static class Philox
{
    private const int Rounds = 10;
    private const uint Multiplier0 = 0xD2511F53;
    private const uint Multiplier1 = 0xCD9E8D57;
    private const uint Weyl0 = 0x9E3779B9;
    private const uint Weyl1 = 0xBB67AE85;

    /// <summary>Uniform in [0, 1), with 53 random bits.</summary>
    public static double Uniform(ulong seed, int choice, int step)
    {
        var (first, second, _, _) = Block((uint)step, (uint)choice, 0, 0, (uint)seed, (uint)(seed >> 32));
        return ((((ulong)first << 32) | second) >> 11) * (1.0 / (1UL << 53));
    }

    public static (uint, uint, uint, uint) Block(uint c0, uint c1, uint c2, uint c3, uint key0, uint key1)
    {
        for (var round = 0; round < Rounds; round++)
        {
            var product0 = (ulong)Multiplier0 * c0;
            var product1 = (ulong)Multiplier1 * c2;
            (c0, c1, c2, c3) = (
                (uint)(product1 >> 32) ^ c1 ^ key0,
                (uint)product1,
                (uint)(product0 >> 32) ^ c3 ^ key1,
                (uint)product0);
            key0 += Weyl0;
            key1 += Weyl1;
        }

        return (c0, c1, c2, c3);
    }
}
