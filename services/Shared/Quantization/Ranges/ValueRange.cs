namespace Sensorium.Quantization.Ranges;

/// <summary>Between which values a tensor lies; 0 is always among them, so that padding and what a rectifier cuts off are exact.</summary>
public readonly record struct ValueRange
{
    private const int Steps = byte.MaxValue;

    public ValueRange(float least, float most) => (Least, Most) = (Math.Min(least, 0), Math.Max(most, 0));

    public float Least { get; }

    public float Most { get; }

    /// <summary>What one step of eight bits means; never 0.</summary>
    public float Scale => Most > Least ? (Most - Least) / Steps : 1;

    /// <summary>The byte that means 0.</summary>
    public byte Zero => (byte)Math.Clamp(MathF.Round(-Least / Scale), 0, Steps);

    public ValueRange Including(ReadOnlySpan<float> values)
    {
        var (least, most) = (Least, Most);
        foreach (var value in values)
        {
            least = MathF.Min(least, value);
            most = MathF.Max(most, value);
        }

        return new ValueRange(least, most);
    }
}
