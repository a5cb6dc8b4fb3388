namespace Sensorium.Bench.Measuring;

/// <summary>Steps that are compared with each other, so that they run in the same rounds.</summary>
internal sealed record Section(string Name, IReadOnlyList<Step> Steps, IReadOnlyList<Ratio> Ratios)
{
    /// <summary>Valid rounds wanted, where it is not the run's own number.</summary>
    public int? Rounds { get; init; }

    /// <summary>Runs a round first that is thrown away.</summary>
    public bool WarmsUp { get; init; } = true;

    /// <summary>True if a later step needs what an earlier one of the same round found.</summary>
    public bool KeepsOrder { get; init; }
}
