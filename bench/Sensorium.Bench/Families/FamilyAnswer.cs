namespace Sensorium.Bench.Families;

/// <summary>What one request gave: numbers, or words where a model writes.</summary>
internal sealed record FamilyAnswer(IReadOnlyList<double> Numbers, string Words = "")
{
    /// <summary>Largest difference of a number; 1 where words differ or there are more numbers on one side.</summary>
    public double DifferenceTo(FamilyAnswer other) => Words != other.Words || Numbers.Count != other.Numbers.Count
        ? 1
        : Numbers.Zip(other.Numbers, (left, right) => Math.Abs(left - right)).DefaultIfEmpty(0).Max();
}

/// <summary>One request to Sensorium, and what the peer gives for the same.</summary>
internal sealed record FamilyCall(Func<FamilyClient, Task<FamilyAnswer>> SendAsync, FamilyAnswer Expected);
