namespace Sensorium.Bench.Soak.Load;

/// <summary>One call, on the clock of its callers.</summary>
/// <param name="Error">Status and text of a failed call; null if it was answered.</param>
/// <param name="Status">Of a failed call.</param>
internal sealed record SoakCall(SoakQuestion Question, TimeSpan Started, TimeSpan Ended, bool IsWrong = false, string? Error = null, string Status = "")
{
    public bool IsFailed => Error is not null;

    public bool IsGood => !IsFailed && !IsWrong;

    public bool IsUnderWay(TimeSpan moment) => Started <= moment && Ended > moment;
}
