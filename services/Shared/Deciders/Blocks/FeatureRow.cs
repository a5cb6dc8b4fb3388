namespace Sensorium.Deciders.Blocks;

/// <summary>The numbers that one block reads of one case.</summary>
/// <param name="Indices">Ascending, one for each value; null if there is a value for every place.</param>
internal sealed record FeatureRow(int[]? Indices, float[] Values)
{
    public double Dot(ReadOnlySpan<float> weights)
    {
        var sum = 0.0;
        for (var i = 0; i < Values.Length; i++)
        {
            sum += Values[i] * (double)weights[Indices is null ? i : Indices[i]];
        }

        return sum;
    }
}
