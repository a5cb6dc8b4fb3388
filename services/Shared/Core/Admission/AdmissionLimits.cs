namespace Sensorium.Core.Admission;

/// <param name="MaxPending">Most items that are under way.</param>
/// <param name="MaxExpectedWait">What a request may be expected to wait that says nothing of its deadline.</param>
internal sealed record AdmissionLimits(int MaxPending, TimeSpan MaxExpectedWait);
