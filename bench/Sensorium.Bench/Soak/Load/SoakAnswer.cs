namespace Sensorium.Bench.Soak.Load;

/// <summary>A vector, or what was said.</summary>
internal sealed record SoakAnswer(float[] Vector, string Text)
{
    // As far as results of equal arithmetic may differ (decision 5).
    private const float Tolerance = 1e-4f;

    public bool Equals(SoakAnswer? other) =>
        other is not null && Text == other.Text && Vector.Length == other.Vector.Length
        && Vector.Zip(other.Vector).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance);

    public override int GetHashCode() => Text.GetHashCode(StringComparison.Ordinal);
}
